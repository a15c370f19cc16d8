"""Pure arithmetic of the activities: no database, no clock, no Django."""
