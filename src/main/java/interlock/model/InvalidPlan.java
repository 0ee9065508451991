package interlock.model;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for a plan that cannot be stored. Contains all of its errors. */
public final class InvalidPlan extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ValidationError> faults;

    /** Creates the exception with at least one error. */
    public InvalidPlan(List<ValidationError> faults) {
        super(faults.stream()
                .map(fault -> fault.path().isEmpty() ? fault.message() : fault.path() + ": " + fault.message())
                .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Creates the exception with a single error. */
    public InvalidPlan(String path, String message) {
        this(List.of(new ValidationError(path, message)));
    }

    /** {@return the errors, in the order of the document} */
    public List<ValidationError> faults() {
        return faults;
    }
}
