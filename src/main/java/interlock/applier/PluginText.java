package interlock.applier;

import org.jspecify.annotations.Nullable;

/** Text that comes from a plug-in, made fit to be stored and shown: bounded, and of whole characters that have a shape. */
final class PluginText {
    /** How many characters of a message are kept. */
    static final int LONGEST_MESSAGE = 10_000;

    private static final char REPLACEMENT = '\uFFFD';

    private PluginText() {}

    /** {@return the message, cut if it is too long} A cut message says so. */
    static String message(String given) {
        return given.length() <= LONGEST_MESSAGE
                ? printable(given)
                : printable(given.substring(0, LONGEST_MESSAGE))
                        + "… (cut after %,d of %,d characters)".formatted(LONGEST_MESSAGE, given.length());
    }

    /** {@return the text without control characters other than tabs and line ends, and without halves of characters} */
    static String printable(String given) {
        StringBuilder changed = null;
        for (int at = 0; at < given.length(); at++) {
            char c = given.charAt(at);
            if (Character.isHighSurrogate(c)
                    && at + 1 < given.length()
                    && Character.isLowSurrogate(given.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c) || isControl(c)) {
                changed = changed == null ? new StringBuilder(given) : changed;
                changed.setCharAt(at, REPLACEMENT);
            }
        }
        return changed == null ? given : changed.toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    }

    /**
     * {@return what an action type threw, for a person to read} The type's own words stand alone; what the JVM says of a
     * mistake in its code comes with the type's name.
     */
    static String of(String actionType, Throwable thrown) {
        String kind = thrown.getClass().getName();
        String simple = kind.substring(kind.lastIndexOf('.') + 1);
        @Nullable String message;
        try {
            message = thrown.getMessage();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return "action type '%s' threw %s, whose message cannot be read".formatted(actionType, simple);
        }
        if (message == null || message.isBlank()) {
            return "action type '%s' threw %s without a message".formatted(actionType, simple);
        }
        return message(
                isMistake(thrown) ? "action type '%s' threw %s: %s".formatted(actionType, simple, message) : message);
    }

    private static boolean isMistake(Throwable thrown) {
        return switch (thrown) {
            case Error _ -> true;
            case NullPointerException _ -> true;
            case ClassCastException _ -> true;
            case IndexOutOfBoundsException _ -> true;
            case ArithmeticException _ -> true;
            case NegativeArraySizeException _ -> true;
            case ArrayStoreException _ -> true;
            default -> false;
        };
    }
}
