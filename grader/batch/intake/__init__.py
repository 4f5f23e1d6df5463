"""Take in what a class handed in: folders and archives of four layouts, hostile as they may be, and the roster."""

from grader.batch.intake.opening import Intake, open_hand_ins
from grader.batch.intake.roster import Enrolled, Roster, read_roster

__all__ = ["Enrolled", "Intake", "Roster", "open_hand_ins", "read_roster"]
