package interlock.applier;

import interlock.api.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Selects the ready actions to start: by priority, within slots and resources. A pure function. */
public final class Picker {
    private Picker() {}

    /**
     * The result of a selection.
     *
     * @param chosen the actions to start, highest priority first
     * @param parked the blocked actions, each with the resource that has too few free units
     */
    public record Picks(List<Candidate> chosen, Map<UUID, ResourceKey> parked) {}

    /**
     * {@return the actions to start and those blocked by a resource} A blocked candidate does not hold up candidates of
     * lower priority. Candidates after the last free slot are neither chosen nor blocked.
     *
     * @param candidates the ready actions, highest priority first
     * @param slots the maximum number of actions to start
     */
    public static Picks pick(List<Candidate> candidates, int slots) {
        Map<ResourceKey, Integer> free = new HashMap<>();
        List<Candidate> chosen = new ArrayList<>();
        Map<UUID, ResourceKey> parked = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            if (chosen.size() == slots) {
                break;
            }
            candidate.demands().forEach(demand -> free.putIfAbsent(demand.resource(), demand.free()));
            candidate.demands().stream()
                    .filter(demand -> free.getOrDefault(demand.resource(), 0) < demand.units())
                    .findFirst()
                    .ifPresentOrElse(lacking -> parked.put(candidate.action(), lacking.resource()), () -> {
                        candidate
                                .demands()
                                .forEach(demand -> free.merge(demand.resource(), -demand.units(), Integer::sum));
                        chosen.add(candidate);
                    });
        }
        return new Picks(chosen, parked);
    }
}
