package interlock.applier.reference;

import interlock.api.AlternativePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An alternative path of the reference. */
final class ReferencePath {
    final String name;
    final boolean abortRunning;
    final boolean revert;
    final List<ReferenceAction> actions = new ArrayList<>();
    final List<ReferenceAction> firsts = new ArrayList<>();
    final List<ReferenceAction> lasts = new ArrayList<>();
    final List<ReferenceAction> replaces = new ArrayList<>();
    final Set<ReferenceAction> awaits = new LinkedHashSet<>();
    String state = "STANDBY";
    boolean opened;
    boolean reverted;

    @Nullable
    ReferenceAction target;

    @Nullable
    ReferencePath replacedBy;

    ReferencePath(AlternativePath path) {
        this.name = path.name();
        this.abortRunning = path.abortRunning();
        this.revert = path.revert();
    }

    boolean ongoing() {
        return state.equals("ONGOING");
    }
}
