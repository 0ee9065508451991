package interlock.applier.reference;

import interlock.api.AlternativePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An alternative path of the reference. */
final class ReferencePath {
    final String name;
    final boolean abortRunning;
    final boolean revert;
    final boolean compensation;
    final List<ReferenceAction> actions = new ArrayList<>();
    final List<ReferenceAction> firsts = new ArrayList<>();
    final List<ReferenceAction> lasts = new ArrayList<>();
    final List<ReferenceAction> replaces = new ArrayList<>();
    final Set<ReferenceAction> awaits = new LinkedHashSet<>();

    /** What it has replaced, with the actions of earlier paths. */
    final Set<ReferenceAction> members = new LinkedHashSet<>();

    /** The dependencies that it has moved: children and their former parents. */
    final List<Map.Entry<ReferenceAction, ReferenceAction>> moved = new ArrayList<>();

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
        this.compensation = path.compensation();
    }

    /** {@return whether it waits neither for running actions nor for reverts} */
    boolean mayOpen() {
        return ongoing()
                && awaits.isEmpty()
                && (!revert || reverted || ReferenceReverts.toUndo(members).isEmpty());
    }

    boolean ongoing() {
        return state.equals("ONGOING");
    }
}
