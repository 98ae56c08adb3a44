"""(placeholder until the exports' author writes it: overwrite me)"""
from typing import NamedTuple
FORMATS=("pptx","xlsx","pdf","docx","ics","csv","json")
class File(NamedTuple):
    name:str; media_type:str; data:bytes
def write(*a,**k): return []
def zipped(*a,**k): return None
def read_bundle(d): return {},{}
