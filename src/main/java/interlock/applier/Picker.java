package interlock.applier;

import interlock.api.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Decides which ready actions start: by priority, while slots and resources last. A pure function. */
public final class Picker {
    private Picker() {}

    /**
     * What was decided.
     *
     * @param chosen the actions that start, the most urgent first
     * @param parked the actions that cannot, each with the resource that has too few free units for it
     */
    public record Picks(List<Candidate> chosen, Map<UUID, ResourceKey> parked) {}

    /**
     * {@return what starts and what must wait for a resource} A candidate that lacks a resource does not hold up the
     * less urgent ones behind it. Candidates that come after the last free slot are neither chosen nor parked.
     *
     * @param candidates the ready actions, the most urgent first
     * @param slots how many may start
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
