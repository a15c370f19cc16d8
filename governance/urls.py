from django.urls import path

from governance.views import cases, deciding, ladder, rules

app_name = "governance"

urlpatterns = [
    path("decisions/", deciding.decisions, name="decisions"),
    path("decisions/record/", deciding.record_decision, name="record-decision"),
    path("decisions/<int:pk>/", deciding.decision, name="decision"),
    path("decisions/<int:pk>/paper/", deciding.decision_paper, name="decision-paper"),
    path("offices/", deciding.offices, name="offices"),
    path("offices/elect/", deciding.elect, name="elect"),
    path("offices/<int:pk>/confirm/", deciding.confirm_election, name="confirm-election"),
    path("offices/<int:pk>/end/", deciding.end_term, name="end-term"),
    path("cases/", cases.index, name="cases"),
    path("cases/mine/", cases.mine, name="my-cases"),
    path("cases/report/", cases.report, name="report-case"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/answer/", cases.answer, name="answer-case"),
    path("cases/<int:pk>/talk/", cases.talk, name="talk"),
    path("cases/<int:pk>/agree/", cases.agree, name="agree"),
    path("cases/<int:pk>/agenda/", cases.put_on_agenda, name="put-on-agenda"),
    path("cases/<int:pk>/decide/", cases.decide, name="decide-case"),
    path("cases/<int:pk>/sanction/", cases.impose, name="sanction"),
    path("cases/<int:pk>/restore/", cases.restore, name="restore"),
    path("cases/<int:pk>/close/", cases.close, name="close-case"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:kind>/", rules.history, name="rules-history"),
    path("rules/<str:kind>/propose/", rules.propose, name="propose"),
    path("proposals/<int:pk>/", rules.proposal, name="proposal"),
    path("proposals/<int:pk>/put-in-force/", rules.put_in_force, name="put-in-force"),
    path("proposals/<int:pk>/put-aside/", rules.reject, name="reject-proposal"),
    path("proposals/<int:pk>/withdraw/", rules.withdraw, name="withdraw-proposal"),
    path("reminders/", ladder.reminders, name="reminders"),
    path("letters/", ladder.letters, name="letters"),
    path("letters/sign/", ladder.sign_all, name="sign-letters"),
    path("letters/<int:pk>/", ladder.letter, name="letter"),
    path("letters/<int:pk>/pdf/", ladder.letter_pdf, name="letter-pdf"),
    path("letters/<int:pk>/sign/", ladder.sign, name="sign-letter"),
    path("letters/<int:pk>/deliver/", ladder.deliver, name="deliver-letter"),
    path("letters/<int:pk>/answer/", ladder.answer, name="answer-letter"),
]
