"""Making this machine a till: enrolment and the first download."""
