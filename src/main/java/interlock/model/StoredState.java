package interlock.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A state as it is stored. A state that this version does not know is shown by its name and equals no known state: a
 * later version or another client may have written it, and lists show the other objects nevertheless.
 *
 * @param name the stored name
 * @param known the state with that name, if this version knows it
 */
public record StoredState<S extends Enum<S>>(String name, Optional<S> known) {
    /** {@return the state with a stored name} */
    public static <S extends Enum<S>> StoredState<S> of(Class<S> states, String name) {
        return new StoredState<>(
                name,
                Stream.of(states.getEnumConstants())
                        .filter(state -> state.name().equals(name))
                        .findFirst());
    }

    /** {@return a known state} */
    public static <S extends Enum<S>> StoredState<S> of(S state) {
        return new StoredState<>(state.name(), Optional.of(state));
    }

    /** {@return whether it is that state} */
    public boolean is(S state) {
        return known.filter(state::equals).isPresent();
    }

    /**
     * {@return the state}
     *
     * @throws IllegalStateException if this version does not know it
     */
    public S orThrow() {
        return known.orElseThrow(
                () -> new IllegalStateException("the stored state '%s' is unknown to this version".formatted(name)));
    }

    @Override
    public String toString() {
        return name;
    }
}
