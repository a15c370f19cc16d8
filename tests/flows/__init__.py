"""Stories from beginning to end, with figures worked out by hand and `assert_clean` at every stop.

The five lives of a loan:

1. paid as agreed                      test_paid_as_agreed.py::test_paid_as_agreed
2. late and recovered                  test_loans_in_trouble.py::test_late_and_recovered
3. restructured                        test_loans_in_trouble.py::test_restructured
4. written off and recovered later     test_loans_in_trouble.py::test_written_off_and_recovered_later
5. left the cooperative                test_leaving.py::test_left_the_cooperative
"""
