package interlock.cli.terminal;

import com.fasterxml.jackson.annotation.JsonCreator;
import interlock.model.ActionState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many actions of a plan are in each state. */
public record Counts(Map<ActionState, Integer> byState) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Counts {
        byState = Map.copyOf(byState);
    }

    public int of(ActionState state) {
        return byState.getOrDefault(state, 0);
    }

    public int done() {
        return Arrays.stream(ActionState.values())
                .filter(ActionState::ended)
                .mapToInt(this::of)
                .sum();
    }

    /** {@return the number of actions, without those of paths that were not activated} */
    public int total() {
        return byState.values().stream().mapToInt(Integer::intValue).sum() - of(ActionState.STANDBY);
    }

    /** {@return the states with at least one action, in their usual order} */
    public Map<ActionState, Integer> present() {
        Map<ActionState, Integer> present = new EnumMap<>(ActionState.class);
        byState.forEach((state, count) -> {
            if (count > 0) {
                present.put(state, count);
            }
        });
        return present;
    }

    @Override
    public String toString() {
        return present().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
