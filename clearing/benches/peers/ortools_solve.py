"""The greatest set-off by OR-tools: ortools_solve.py FILE, with a debt `from to amount day` on each line.

Prints the total and how many seconds of the processor the solution took, without reading.
"""

import sys
import time

import numpy
from ortools.graph.python import min_cost_flow

debts = numpy.loadtxt(sys.argv[1], dtype=numpy.int64)
solver = min_cost_flow.SimpleMinCostFlow()
solver.add_arcs_with_capacity_and_unit_cost(
    debts[:, 0].astype(numpy.int32), debts[:, 1].astype(numpy.int32), debts[:, 2], numpy.full(len(debts), -1)
)
begin = time.process_time()
status = solver.solve()
took = time.process_time() - begin
assert status == solver.OPTIMAL, status
print(-solver.optimal_cost(), f"{took:.6f}")
