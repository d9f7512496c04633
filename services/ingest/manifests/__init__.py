"""Manifests: files whose rows name the objects that are items, in the forms that Azure Machine Learning knows."""
