"""The verbs of the annual inspection, from the appointment to the closed round."""
