package interlock.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The operations of a simulated cloud that take time. */
enum Operation {
    /** Moves a running instance. */
    LIVE_MIGRATION,
    /** Moves a stopped instance. */
    COLD_MIGRATION,
    /** Changes the flavor of an instance. */
    RESIZE,
    /** Removes what a cold migration or a resize left at the source. */
    CONFIRM_RESIZE,
    STOP,
    START,
    /** Switches a machine on or off. */
    POWER,
    /** Moves a volume to another pool. */
    VOLUME_MIGRATION,
    /** Changes the type of a volume. */
    RETYPE;

    /** {@return its name in a topology} */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return its name in messages} */
    String words() {
        return word().replace('_', ' ');
    }

    static List<Operation> all() {
        return Arrays.asList(values());
    }
}
