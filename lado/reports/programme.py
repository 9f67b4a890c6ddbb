"""Linear and mixed-integer programmes over the same rows, one after another.

HiGHS goes on from where the last one ended, which is several times quicker than starting anew: the
choice and the attack ask some thousand questions about one group of counts.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

Numbers = NDArray[np.float64]
# Nobody can tell two answers apart that are so near to the best.
GAP = 0.005
FITS = highspy.SolutionStatus.kSolutionStatusFeasible
# No unknown is without bounds.
IMPOSSIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(frozen=True)
class Solved:
    """`x` is None where nothing fits, or nothing was found in time. `prices` is what the aim would
    gain by each unknown's nearer bound giving way by one, `row_prices` by each row; of whole
    numbers they mean nothing."""

    x: Numbers | None
    is_impossible: bool
    prices: Numbers
    row_prices: Numbers


class Programme:
    def __init__(self, rows: csc_array, least: Numbers, most: Numbers | float = np.inf) -> None:
        """What each row comes to is between `least` and `most`."""
        self._solver = highspy.Highs()
        self._solver.silent()
        # Whoever waits has one machine, and others use it too.
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", GAP)
        number, size = rows.shape
        self._columns = np.arange(size, dtype=np.int32)
        self._is_whole = False
        programme = highspy.HighsLp()
        programme.num_row_, programme.num_col_ = number, size
        programme.row_lower_, programme.row_upper_ = least, np.broadcast_to(most, number)
        programme.col_cost_ = programme.col_lower_ = programme.col_upper_ = np.zeros(size)
        matrix = programme.a_matrix_
        matrix.start_, matrix.index_, matrix.value_ = rows.indptr, rows.indices, rows.data
        self._solver.passModel(programme)

    def least(
        self,
        aim: Numbers,
        low: Numbers,
        high: Numbers,
        whole: bool = False,
        seconds: float = np.inf,
    ) -> Solved:
        """The unknowns between `low` and `high` for which `aim` times them is least."""
        solver, columns = self._solver, self._columns
        solver.changeColsCost(len(columns), columns, aim)
        solver.changeColsBounds(len(columns), columns, low, high)
        if whole != self._is_whole:
            kinds = np.full(len(columns), int(whole), dtype=np.uint8)
            solver.changeColsIntegrality(len(columns), columns, kinds)
            self._is_whole = whole
        # Of linear programmes it counts the time of all that it was asked before.
        before = 0.0 if whole else solver.getRunTime()
        solver.setOptionValue("time_limit", before + seconds)
        solver.run()
        found, standing = solver.getSolution(), solver.getInfo().primal_solution_status
        return Solved(
            np.array(found.col_value) if standing == FITS else None,
            solver.getModelStatus() in IMPOSSIBLE,
            np.array(found.col_dual),
            np.array(found.row_dual),
        )
