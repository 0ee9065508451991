package interlock.cli.terminal;

/** The size of a terminal. */
public record Screen(int columns, int rows) {}
