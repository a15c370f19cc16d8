from django.urls import path

from governance.views import case, decision, ladder, letter, office, proposal, rules

app_name = "governance"

urlpatterns = [
    path("decisions/", decision.decisions, name="decisions"),
    path("decisions/record/", decision.record_decision, name="record-decision"),
    path("decisions/<int:pk>/", decision.decision, name="decision"),
    path("decisions/<int:pk>/paper/", decision.decision_paper, name="decision-paper"),
    path("offices/", office.offices, name="offices"),
    path("offices/elect/", office.elect, name="elect"),
    path("offices/<int:pk>/confirm/", office.confirm_election, name="confirm-election"),
    path("offices/<int:pk>/end/", office.end_term, name="end-term"),
    path("cases/", case.index, name="cases"),
    path("cases/mine/", case.mine, name="my-cases"),
    path("cases/report/", case.report, name="report-case"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/answer/", case.answer, name="answer-case"),
    path("cases/<int:pk>/talk/", case.talk, name="talk"),
    path("cases/<int:pk>/agree/", case.agree, name="agree"),
    path("cases/<int:pk>/agenda/", case.put_on_agenda, name="put-on-agenda"),
    path("cases/<int:pk>/decide/", case.decide, name="decide-case"),
    path("cases/<int:pk>/sanction/", case.impose_sanction, name="sanction"),
    path("cases/<int:pk>/restore/", case.restore, name="restore"),
    path("cases/<int:pk>/close/", case.close, name="close-case"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:kind>/", rules.history, name="rules-history"),
    path("rules/<str:kind>/propose/", proposal.propose, name="propose"),
    path("proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/put-in-force/", proposal.put_in_force, name="put-in-force"),
    path("proposals/<int:pk>/reject/", proposal.reject, name="reject-proposal"),
    path("proposals/<int:pk>/withdraw/", proposal.withdraw, name="withdraw-proposal"),
    path("reminders/", ladder.reminders, name="reminders"),
    path("letters/", letter.letters, name="letters"),
    path("letters/sign/", letter.sign_all, name="sign-letters"),
    path("letters/<int:pk>/", letter.letter, name="letter"),
    path("letters/<int:pk>/pdf/", letter.letter_pdf, name="letter-pdf"),
    path("letters/<int:pk>/sign/", letter.sign, name="sign-letter"),
    path("letters/<int:pk>/deliver/", letter.deliver, name="deliver-letter"),
    path("letters/<int:pk>/answer/", letter.answer, name="answer-letter"),
]
