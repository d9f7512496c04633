"""JSON Lines, the format of Azure Machine Learning's data sets, with the MLTable file that describes them."""
