"""YOLO, in the layout of Ultralytics."""
