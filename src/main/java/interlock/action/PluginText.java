package interlock.action;

import interlock.model.Fatal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text that comes from a plug-in, made fit to be stored and shown: bounded, and of whole characters that have a shape. */
public final class PluginText {
    /** How many characters of a message are kept. */
    public static final int LONGEST_MESSAGE = 10_000;

    private static final char REPLACEMENT = '\uFFFD';

    private PluginText() {}

    /** {@return the message, cut if it is too long} A cut message says so. */
    public static String message(String given) {
        return given.length() <= LONGEST_MESSAGE
                ? printable(given)
                : printable(given.substring(0, LONGEST_MESSAGE))
                        + "… (cut after %,d of %,d characters)".formatted(LONGEST_MESSAGE, given.length());
    }

    /** {@return the text without control characters other than tabs and line ends, and without halves of characters} */
    public static String printable(String given) {
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
    public static String of(String actionType, Throwable thrown) {
        String simple = kind(thrown);
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

    /** {@return the exception's own words, if it has any that can be read} */
    public static Optional<String> said(Throwable thrown) {
        try {
            return Optional.ofNullable(thrown.getMessage())
                    .filter(message -> !message.isBlank())
                    .map(PluginText::message);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return Optional.empty();
        }
    }

    /** {@return what caused the exception, if it says so} */
    public static Optional<Throwable> cause(Throwable thrown) {
        try {
            return Optional.ofNullable(thrown.getCause());
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return Optional.empty();
        }
    }

    /** {@return the exception's class, without its package} */
    public static String kind(Throwable thrown) {
        String name = thrown.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
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
