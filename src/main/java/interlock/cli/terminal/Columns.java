package interlock.cli.terminal;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes: none for a combining mark, two for most East Asian characters. */
public final class Columns {
    private Columns() {}

    public static int of(String text) {
        if (isAscii(text)) {
            return text.length();
        }
        int columns = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            columns += of(text, at);
        }
        return columns;
    }

    /** {@return the text, or as much of its beginning as fits, followed by {@code ellipsis}} */
    public static String clipped(String text, int columns, String ellipsis) {
        return of(text) <= columns
                ? text
                : beginning(text, columns - ellipsis.length()) + beginning(ellipsis, Math.max(0, columns));
    }

    /** {@return as many of its first characters as fit; no character is cut in two} */
    private static String beginning(String text, int columns) {
        int left = columns;
        int at = 0;
        while (at < text.length() && of(text, at) <= left) {
            left -= of(text, at);
            at = next(text, at);
        }
        return text.substring(0, at);
    }

    /**
     * The width of a code point. Terminals disagree on composed characters, such as a family of emoji: some draw one,
     * some each part. The larger width is assumed, so that no line is too long.
     */
    private static int of(String text, int at) {
        int apart = text.substring(at, next(text, at))
                .codePoints()
                .map(character -> Math.max(0, WCWidth.wcwidth(character)))
                .sum();
        return Math.max(apart, WCWidth.wcwidthForGraphemeCluster(text, at));
    }

    private static int next(String text, int at) {
        return at + Math.max(1, WCWidth.charCountForGraphemeCluster(text, at));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x7f);
    }
}
