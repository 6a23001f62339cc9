"""Specs by the thousand: the valid ones become projects that work, the others one located error."""
