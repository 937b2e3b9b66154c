"""A graph or a table to files that Gephi, Gephi Lite, networkx, pandas and a spreadsheet read.

Every writer is a function from a value to one file. The same graph gives the same bytes: nodes stand in the
order of their ids, edges in the order of (source, target), and nothing depends on the clock.
"""

from swnlp.export.csv import safe_cell, table_csv, write_edges_csv, write_nodes_csv, write_table_csv
from swnlp.export.gexf import write_gexf, write_gexf_years
from swnlp.export.graphml import write_graphml
from swnlp.export.linkage import write_linkage_xlsx
from swnlp.export.matrix import MATRIX_LIMIT, write_matrix
from swnlp.export.network import SUFFIXES, network_files, write_network
from swnlp.export.pajek import write_pajek
from swnlp.export.rows import COLOURS
from swnlp.export.ucinet import write_dl
from swnlp.export.vosviewer import write_vosviewer
from swnlp.export.xlsx import write_table_xlsx

__all__ = [
    "COLOURS",
    "MATRIX_LIMIT",
    "SUFFIXES",
    "network_files",
    "safe_cell",
    "table_csv",
    "write_dl",
    "write_edges_csv",
    "write_gexf",
    "write_gexf_years",
    "write_graphml",
    "write_linkage_xlsx",
    "write_matrix",
    "write_network",
    "write_nodes_csv",
    "write_pajek",
    "write_table_csv",
    "write_table_xlsx",
    "write_vosviewer",
]
