package interlock.notification;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The types of events, which are Watcher's. */
public final class EventTypes {
    /** All types. */
    public static final List<String> ALL = Stream.of(
                    of("action_plan", "create", "update", "delete"),
                    of("action_plan.execution", "start", "end", "error"),
                    of("action_plan.cancel", "start", "end", "error"),
                    of("action", "create", "update", "delete"),
                    of("action.execution", "start", "end", "error"),
                    of("action.cancel", "start", "end", "error"),
                    of("audit", "create", "update", "delete"),
                    of("audit.strategy", "start", "end", "error"),
                    of("audit.planner", "start", "end", "error"))
            .flatMap(List::stream)
            .toList();

    /** The pattern that matches all types. */
    public static final String ANY = "*";

    private static final String ANY_BELOW = ".*";

    private EventTypes() {}

    private static List<String> of(String what, String... happens) {
        return Stream.of(happens).map(verb -> what + "." + verb).toList();
    }

    /** {@return whether the text is a type, a prefix of types followed by {@code .*}, or {@code *}} */
    public static boolean isPattern(String text) {
        return ALL.stream().anyMatch(type -> matches(text, type));
    }

    /** {@return whether one of the patterns matches the type} */
    static boolean match(Collection<String> patterns, String type) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.equals(ANY)
                || pattern.equals(type)
                || (pattern.endsWith(ANY_BELOW) && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
