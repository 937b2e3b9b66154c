"""Speed, memory and growth of swnlp, side by side with what a user would pick instead; nothing here is asserted."""
