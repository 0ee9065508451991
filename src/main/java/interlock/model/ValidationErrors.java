package interlock.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the errors of a document. Validation stops after {@link DocumentLimits#FAULTS} of them, because a document
 * may have more errors than fit in memory.
 */
public final class ValidationErrors extends AbstractList<ValidationError> {
    private final List<ValidationError> found = new ArrayList<>();

    /**
     * Adds one error.
     *
     * @throws InvalidPlan with all errors, if the limit is reached
     */
    @Override
    public boolean add(ValidationError fault) {
        found.add(fault);
        if (found.size() >= DocumentLimits.FAULTS) {
            throw new InvalidPlan(found);
        }
        return true;
    }

    @Override
    public ValidationError get(int index) {
        return found.get(index);
    }

    @Override
    public int size() {
        return found.size();
    }
}
