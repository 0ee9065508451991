package interlock.applier;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The logger of an attempt: each line names the action and the attempt. */
final class AttemptLogger implements System.Logger {
    private final System.Logger lines;
    private final String prefix;

    AttemptLogger(Claim claim) {
        this.lines = System.getLogger("interlock.plugin." + claim.actionType());
        this.prefix = "action %s, attempt %d: "
                .formatted(claim.action(), claim.fence().attempt());
    }

    @Override
    public String getName() {
        return lines.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return lines.isLoggable(level);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        lines.log(level, bundle, prefix + message, thrown);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... values) {
        lines.log(level, bundle, prefix + format, values);
    }
}
