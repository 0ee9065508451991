package interlock.action;

import interlock.model.Fatal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sanitises text from plug-ins for storage and display: limited in length, without control characters and unpaired
 * surrogates.
 */
public final class PluginText {
    /** The maximum length of a message in characters. */
    public static final int LONGEST_MESSAGE = 10_000;

    private static final char REPLACEMENT = '\uFFFD';

    private PluginText() {}

    /** {@return the message, cut and marked if it is too long} */
    public static String message(String given) {
        return given.length() <= LONGEST_MESSAGE
                ? printable(given)
                : printable(given.substring(0, LONGEST_MESSAGE))
                        + "… (cut after %,d of %,d characters)".formatted(LONGEST_MESSAGE, given.length());
    }

    /** {@return the text without control characters (except tabs and line ends) and without unpaired surrogates} */
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
     * {@return the message for an exception that an action type threw} Messages that the type wrote itself are used
     * alone; those that the JVM writes for programming errors are prefixed with the type's name and the exception's
     * class.
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

    /** {@return the exception's message, if it has one and reading it does not throw} */
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

    /** {@return the exception's cause, if it has one and reading it does not throw} */
    public static Optional<Throwable> cause(Throwable thrown) {
        try {
            return Optional.ofNullable(thrown.getCause());
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return Optional.empty();
        }
    }

    /** {@return the exception's class name without its package} */
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
