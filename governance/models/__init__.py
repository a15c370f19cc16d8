"""Who holds office, what was decided, the shape of every rule members decide, and what follows when one is broken."""

from governance.models.agenda import AgendaItem
from governance.models.announcement import Announcement
from governance.models.attendance import Attendance
from governance.models.case import Case, CaseStep
from governance.models.ceilings import LegalCeilings
from governance.models.decision import Decision
from governance.models.demand import Demand, DemandSupport
from governance.models.invitation import Invitation
from governance.models.ladder import Ladder, LadderRules
from governance.models.letter import Letter
from governance.models.meeting import Meeting, MeetingRules
from governance.models.minutes import Minutes
from governance.models.office import Office
from governance.models.proposal import RulesProposal
from governance.models.resolution import Resolution, ResolutionAnswer
from governance.models.rules import RulesPart, VersionedRules
from governance.models.statutes import ActRules, Article, ArticleVersion, Statute
from governance.models.subject import DecisionKind, OfSubject
from governance.models.suggestion import Suggestion
from governance.models.vote import BallotBox, Candidate, Vote
