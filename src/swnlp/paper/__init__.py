"""What goes into a manuscript: numbered tables, figures and a methods paragraph, in Chinese and English."""

from swnlp.paper.choice import PaperChoice, Part
from swnlp.paper.write import write_paper

__all__ = ["PaperChoice", "Part", "write_paper"]
