package interlock.simulator;

import interlock.model.ValidationError;
import java.util.List;

/** A topology is invalid. */
public final class InvalidTopology extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    InvalidTopology(String file, List<ValidationError> faults) {
        this(faults.stream()
                .map(fault ->
                        "%s: %s%s".formatted(file, fault.path().isEmpty() ? "" : fault.path() + ": ", fault.message()))
                .toList());
    }

    private InvalidTopology(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = faults;
    }

    /** {@return the errors, each with its file and path} */
    public List<String> faults() {
        return faults;
    }
}
