"""Python that reads the file of an export with the libraries that people use. Shown with each export; tests run it."""

from typing import Final

from services.contracts.exports import ExportFormat, ExportJob
from services.contracts.labels import Shape
from services.contracts.projects import TaskType

_PANDAS: Final = """\
import pandas

frame = pandas.read_json({file}, lines=True)
print(frame[["image_url", "label"]].head())
"""
_CSV: Final = """\
import pandas

frame = pandas.read_csv({file})
print(frame.head())
"""
_CSV_LISTS: Final = """\
import json

import pandas

frame = pandas.read_csv({file})
frame["Label"] = frame["Label"].map(json.loads)
for label in frame["Label"].head():
    print(label)
"""
_COCO: Final = """\
from pycocotools.coco import COCO

coco = COCO({file})
for image in coco.loadImgs(coco.getImgIds())[:5]:
    found = coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))
    print(image["file_name"], [coco.cats[each["category_id"]]["name"] for each in found])
"""
_COCO_MASKS: Final = """
for annotation in coco.loadAnns(coco.getAnnIds())[:5]:
    print(annotation["id"], coco.annToMask(annotation).sum(), "pixels")
"""
_AZURE: Final = """\
import json

import pandas

with open({file}, encoding="utf-8") as file:
    coco = json.load(file)
images, annotations, categories = (pandas.DataFrame(coco[name]) for name in ("images", "annotations", "categories"))
frame = annotations.merge(images, left_on="image_id", right_on="id", suffixes=("", "_image"))
frame = frame.merge(categories, left_on="category_id", right_on="id", suffixes=("", "_category"))
print(frame[["file_name", "name"]].head())
"""
_CONLL: Final = """\
with open({file}, encoding="utf-8") as file:
    texts = [text.splitlines() for text in file.read().split("\\n\\n") if text]
tokens = [[line.rpartition(" ")[0] for line in text] for text in texts]
tags = [[line.rpartition(" ")[2] for line in text] for text in texts]
print(len(texts), "texts")
for one, its in zip(tokens[:5], tags[:5]):
    print(list(zip(one, its))[:10])
"""
_UNZIP: Final = """\
from zipfile import ZipFile

ZipFile({file}).extractall("export")
"""
_DATASETS: Final = """
from datasets import load_dataset

rows = load_dataset("export", split="train")
print(rows.features)
print(rows[0] if len(rows) else "no rows")
"""
_YOLO: Final = """
from pathlib import Path

names = Path("export/classes.txt").read_text("utf-8").splitlines()
for file in sorted(Path("export/labels").rglob("*.txt"))[:5]:
    lines = [line.split() for line in file.read_text().splitlines()]
    print(file.stem, [(names[int(number)], [float(share) for share in shares]) for number, *shares in lines])

# With the pictures in export/images, Ultralytics trains on it:
#   yolo train data=export/data.yaml model=yolo11n.pt
"""
_VOC: Final = """
from pathlib import Path
from xml.etree import ElementTree

for file in sorted(Path("export/Annotations").rglob("*.xml"))[:5]:
    for found in ElementTree.parse(file).iterfind("object"):
        corners = [float(corner.text) for corner in found.find("bndbox")]
        print(file.stem, found.findtext("name"), corners)
"""
_VOC_MASKS: Final = """
from pathlib import Path

import numpy
from PIL import Image

for file in sorted(Path("export/SegmentationClass").rglob("*.png"))[:5]:
    print(file.stem, "classes", numpy.unique(numpy.array(Image.open(file))))
"""
_TORCH: Final = """
from torchvision.datasets import CocoDetection

pictures = CocoDetection("export/images", "export/annotations.json")
image, annotations = pictures[0]
print(image.size, annotations)
"""


def sample(job: ExportJob, task_type: TaskType, file_name: str) -> str:
    """Code for the file as it is downloaded under `file_name`."""
    if job.format is ExportFormat.HUGGINGFACE:
        code = _UNZIP + _DATASETS
    elif job.format is ExportFormat.YOLO:
        code = _UNZIP + _YOLO
    elif job.format is ExportFormat.VOC:
        code = _UNZIP + (_VOC_MASKS if task_type.regions is Shape.MASK else _VOC)
    else:
        code = _single(job, task_type)
    return code.replace("{file}", repr(file_name))


def _single(job: ExportJob, task_type: TaskType) -> str:
    """Of formats that are one file, which with the pictures lies in a zip."""
    code, inside = {
        ExportFormat.JSONL: (_PANDAS, "data.jsonl"),
        ExportFormat.CSV: (_CSV, "labels.csv"),
        ExportFormat.CONLL: (_CONLL, ""),
        ExportFormat.COCO_AZURE: (_AZURE, "annotations.json"),
        ExportFormat.COCO: (_COCO, "annotations.json"),
    }[job.format]
    if job.format is ExportFormat.CSV and (task_type.regions or task_type.multi):
        code = _CSV_LISTS
    if job.format is ExportFormat.COCO and task_type.regions in (Shape.MASK, Shape.POLYGON):
        code += _COCO_MASKS
    if not job.images:
        return code
    code = f"{_UNZIP}\n{code.replace('{file}', repr(f'export/{inside}'))}"
    return code + _TORCH if job.format is ExportFormat.COCO else code
