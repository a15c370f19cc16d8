"""The first page of every role, the menu, and the daily reminders."""
