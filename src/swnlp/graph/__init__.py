"""Stage 9, counts to a graph: which edges stand out, how they cluster, how central each entity is, where it lies."""

from swnlp.graph.backbone import backbone
from swnlp.graph.build import build_graph
from swnlp.graph.clusters import cluster
from swnlp.graph.draw import Network
from swnlp.graph.intervals import with_intervals
from swnlp.graph.layout import LAYOUT_LIMIT, lay_out
from swnlp.graph.metrics import centralities, network_metrics
from swnlp.graph.projection import project
from swnlp.graph.significance import significant, with_p_values
from swnlp.graph.two_mode import two_mode_metrics

__all__ = [
    "LAYOUT_LIMIT",
    "Network",
    "backbone",
    "build_graph",
    "centralities",
    "cluster",
    "lay_out",
    "network_metrics",
    "project",
    "significant",
    "two_mode_metrics",
    "with_intervals",
    "with_p_values",
]
