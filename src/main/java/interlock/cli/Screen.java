package interlock.cli;

/** How large a terminal is. */
record Screen(int columns, int rows) {}
