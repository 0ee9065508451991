package interlock.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a document, as it is found. With {@link DocumentLimits#FAULTS} of them the search ends: a document may
 * have more faults than there is memory for.
 */
public final class ValidationErrors extends AbstractList<ValidationError> {
    private final List<ValidationError> found = new ArrayList<>();

    /**
     * Notes one more.
     *
     * @throws InvalidPlan with all of them, if it is the last that is looked for
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
