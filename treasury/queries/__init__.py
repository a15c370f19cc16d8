"""Answers about cash and bank, each as at a day."""
