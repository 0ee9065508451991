package interlock.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a simulated cloud takes its time for. */
enum Operation {
    /** An instance moves while it runs. */
    LIVE_MIGRATION,
    /** An instance moves while it is off. */
    COLD_MIGRATION,
    /** An instance gets another flavor. */
    RESIZE,
    /** What a cold migration or a resize left at the source is cleaned up. */
    CONFIRM_RESIZE,
    /** An instance is stopped. */
    STOP,
    /** An instance is started. */
    START,
    /** A machine is switched on or off. */
    POWER,
    /** A volume moves to another pool. */
    VOLUME_MIGRATION,
    /** A volume gets another type. */
    RETYPE;

    /** {@return its name in a topology} */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what people call it} */
    String words() {
        return word().replace('_', ' ');
    }

    static List<Operation> all() {
        return Arrays.asList(values());
    }
}
