package interlock.model;

import java.util.List;
import java.util.stream.Collectors;

/** A plan that cannot be stored, with everything that is wrong with it. */
public final class InvalidPlan extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ValidationError> faults;

    /** Tells all that is wrong, at least one fault. */
    public InvalidPlan(List<ValidationError> faults) {
        super(faults.stream()
                .map(fault -> fault.path().isEmpty() ? fault.message() : fault.path() + ": " + fault.message())
                .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Tells the one thing that is wrong. */
    public InvalidPlan(String path, String message) {
        this(List.of(new ValidationError(path, message)));
    }

    /** {@return what is wrong, in the order of the document} */
    public List<ValidationError> faults() {
        return faults;
    }
}
