"""Rules for editors: a rendered lesson in, problems out. A check never renders and never reads the disk."""
