package interlock.cli.terminal;

/** How large a terminal is. */
public record Screen(int columns, int rows) {}
