package interlock.applier;

import interlock.applier.Candidate.Demand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Selects the ready actions to start, within slots and resources. Candidates may be added between calls of
 * {@link #pick}.
 *
 * <p>Order: the plans of the highest priority first; among them, the plan with the fewest slots in use; then the
 * longest remaining path. If several plans want units of a resource that is not enough for all, the plan with the
 * fewest units in use comes first.
 *
 * <p>Large demands are not starved, by EASY backfilling: the first action in this order that does not fit reserves
 * its units of all its resources. A later action may take some of these units only if by its estimate it ends before
 * the reservation can start (Lifka, <i>The ANL/IBM SP Scheduling System</i>, 1995). Where plans have equal shares, an
 * action that units were kept for before goes before the longer remaining paths of plans that came later.
 *
 * <p>Used by one thread.
 */
public final class Picker {
    private final Backlog backlog = new Backlog();
    private final Map<String, Integer> free = new HashMap<>();
    private final Map<String, Map<UUID, Integer>> used = new HashMap<>();
    private final Map<String, Reservation> reservations = new LinkedHashMap<>();
    private final Map<String, List<RunningUse>> picked = new HashMap<>();
    private final Function<String, List<RunningUse>> running;
    private int slots;

    /**
     * Units of a resource that are in use.
     *
     * @param units the units
     * @param seconds the seconds until they are free by the estimate; 0 if nothing is known
     */
    public record RunningUse(int units, double seconds) {}

    /**
     * The reservation of the units of a resource.
     *
     * @param action the action that they are kept for
     * @param seconds the seconds until it can start by the estimates, at the earliest
     */
    private record Reservation(Candidate action, double seconds) {
        int units(String resource) {
            return action.demands().stream()
                    .filter(demand -> demand.resource().equals(resource))
                    .mapToInt(Demand::units)
                    .sum();
        }
    }

    /** A blocked action: it lacks units of a resource, or they are kept for another action. */
    public record Blocked(UUID action, String resource, int units) {}

    /**
     * The result of a selection.
     *
     * @param chosen the actions to start, in order
     * @param blocked the actions that cannot start, in order
     */
    public record Picks(List<Candidate> chosen, List<Blocked> blocked) {}

    /**
     * Creates a picker.
     *
     * @param slots the maximum number of actions to start
     * @param running answers which units of a resource running actions use; called for each reservation
     */
    public Picker(int slots, Function<String, List<RunningUse>> running) {
        this.slots = slots;
        this.running = running;
    }

    /** Sets the number of slots that a plan uses, unless it is known. */
    public void slotsInUse(UUID plan, int count) {
        backlog.slotsInUse(plan, count);
    }

    /** Sets the units of a resource that each plan uses, unless they are known. */
    public void unitsInUse(String resource, Map<UUID, Integer> units) {
        used.putIfAbsent(resource, new HashMap<>(units));
    }

    /** Units were kept for this action before: it goes before actions of other plans with an equal share. */
    public void keptBefore(UUID action) {
        backlog.kept.add(action);
    }

    /** Adds a candidate, unless it was added before. */
    public void offer(Candidate candidate) {
        if (backlog.add(candidate)) {
            candidate.demands().forEach(demand -> free.putIfAbsent(demand.resource(), demand.free()));
        }
    }

    /** {@return the actions to start, and those that are blocked} Without a free slot nobody is blocked. */
    public Picks pick() {
        return pick(slots);
    }

    /** {@return at most that many actions to start, and those that are blocked} */
    public Picks pick(int most) {
        List<Candidate> chosen = new ArrayList<>();
        List<Blocked> blocked = new ArrayList<>();
        while (slots > 0 && chosen.size() < most && !backlog.isEmpty()) {
            Candidate next = backlog.first();
            Candidate candidate = firstForItsResources(next, new HashSet<>(Set.of(next.action())));
            backlog.remove(candidate);
            obstacle(candidate)
                    .ifPresentOrElse(
                            demand -> {
                                reserve(candidate);
                                blocked.add(new Blocked(candidate.action(), demand.resource(), demand.units()));
                            },
                            () -> {
                                take(candidate);
                                chosen.add(candidate);
                            });
        }
        return new Picks(chosen, blocked);
    }

    /** {@return the number of slots that a plan uses} */
    public int slotsInUse(UUID plan) {
        return backlog.slotsInUse(plan);
    }

    /** {@return the slots that are left} */
    public int slots() {
        return slots;
    }

    /** {@return the candidate, or one of another plan that uses fewer units of a resource that both want} */
    private Candidate firstForItsResources(Candidate candidate, Set<UUID> visited) {
        for (Demand demand : candidate.demands()) {
            Map<UUID, Integer> units = used.get(demand.resource());
            if (units == null) {
                continue;
            }
            int own = units.getOrDefault(candidate.plan(), 0);
            Optional<Candidate> other = backlog.wanting(demand.resource())
                    .filter(it -> Candidate.BY_CLASS.compare(it, candidate) == 0)
                    .filter(it -> units.getOrDefault(it.plan(), 0) < own
                            || (units.getOrDefault(it.plan(), 0) == own && backlog.isKeptRatherThan(it, candidate)))
                    .min(Comparator.comparingInt((Candidate it) -> units.getOrDefault(it.plan(), 0))
                            .thenComparing(backlog.keptFirst)
                            .thenComparing(backlog.order));
            if (other.isPresent() && visited.add(other.get().action())) {
                return firstForItsResources(other.get(), visited);
            }
        }
        return candidate;
    }

    /** {@return the first demand that keeps an action from starting now} */
    private Optional<Demand> obstacle(Candidate candidate) {
        return candidate.demands().stream()
                .filter(demand -> !fits(demand))
                .findFirst()
                .or(() -> candidate.demands().stream()
                        .filter(demand -> isKept(demand, candidate))
                        .findFirst());
    }

    private boolean fits(Demand demand) {
        return free.getOrDefault(demand.resource(), 0) >= demand.units();
    }

    private boolean isKept(Demand demand, Candidate candidate) {
        Reservation reservation = reservations.get(demand.resource());
        if (reservation == null) {
            return false;
        }
        int left = free.getOrDefault(demand.resource(), 0) - demand.units();
        boolean endsBefore = candidate.seconds().orElse(Double.MAX_VALUE) <= reservation.seconds();
        return left < reservation.units(demand.resource()) && !endsBefore;
    }

    /** Reserves the units of all resources that are not reserved for another action, unless there can never be enough. */
    private void reserve(Candidate candidate) {
        boolean fits = candidate.demands().stream().allMatch(this::fits);
        if (fits || !candidate.demands().stream().allMatch(Demand::possible)) {
            return;
        }
        List<String> open = candidate.demands().stream()
                .filter(demand -> demand.capacity().isPresent())
                .map(Demand::resource)
                .filter(resource -> !reservations.containsKey(resource))
                .toList();
        if (open.stream().anyMatch(resource -> free.getOrDefault(resource, 0) > 0)) {
            Reservation reservation = new Reservation(candidate, secondsUntil(candidate));
            open.forEach(resource -> reservations.put(resource, reservation));
        }
    }

    /** {@return the seconds until all units that an action wants are free, by the estimates} */
    private double secondsUntil(Candidate candidate) {
        return candidate.demands().stream()
                .filter(demand -> !fits(demand))
                .mapToDouble(this::secondsUntil)
                .max()
                .orElse(0);
    }

    private double secondsUntil(Demand demand) {
        List<RunningUse> uses = new ArrayList<>(running.apply(demand.resource()));
        uses.addAll(picked.getOrDefault(demand.resource(), List.of()));
        uses.sort(Comparator.comparingDouble(RunningUse::seconds));
        int units = free.getOrDefault(demand.resource(), 0);
        for (RunningUse use : uses) {
            units += use.units();
            if (units >= demand.units()) {
                return use.seconds();
            }
        }
        return 0;
    }

    private void take(Candidate candidate) {
        slots--;
        backlog.started(candidate.plan());
        for (Demand demand : candidate.demands()) {
            free.merge(demand.resource(), -demand.units(), Integer::sum);
            Map<UUID, Integer> units = used.get(demand.resource());
            if (units != null) {
                units.merge(candidate.plan(), demand.units(), Integer::sum);
            }
            picked.computeIfAbsent(demand.resource(), _ -> new ArrayList<>())
                    .add(new RunningUse(demand.units(), candidate.ends().orElse(0)));
        }
    }

    /** {@return the resources with free units that are kept for an action, with that action's uuid} */
    public Map<String, UUID> reservations() {
        Map<String, UUID> kept = new LinkedHashMap<>();
        reservations.forEach((resource, reservation) ->
                kept.put(resource, reservation.action().action()));
        return kept;
    }

    /**
     * A part of a reserved resource that an action may use which ends in time.
     *
     * @param resource the resource's key
     * @param units the free units
     * @param seconds the seconds until the reservation can start
     */
    public record Gap(String resource, int units, double seconds) {}

    /** {@return the gaps before reservations} */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        reservations.forEach((resource, reservation) -> {
            int units = free.getOrDefault(resource, 0);
            if (slots > 0 && units > 0 && reservation.seconds() > 0) {
                gaps.add(new Gap(resource, units, reservation.seconds()));
            }
        });
        return gaps;
    }

    /** The undecided candidates by plan, and the slots that the plans use. */
    private static final class Backlog {
        /** The order in which they were added decides between equals. */
        private final Map<UUID, Integer> places = new HashMap<>();

        private final Comparator<Candidate> order = Candidate.WITHIN_PLAN.thenComparingInt(this::place);
        private final Set<UUID> kept = new HashSet<>();
        private final Comparator<Candidate> keptFirst =
                Comparator.comparing((Candidate candidate) -> !kept.contains(candidate.action()));
        private final Map<UUID, TreeSet<Candidate>> byPlan = new LinkedHashMap<>();
        private final Map<String, Set<Candidate>> byResource = new HashMap<>();
        private final Map<UUID, Integer> slots = new HashMap<>();

        boolean isKeptRatherThan(Candidate one, Candidate other) {
            return !one.plan().equals(other.plan()) && kept.contains(one.action()) && !kept.contains(other.action());
        }

        private int place(Candidate candidate) {
            return places.getOrDefault(candidate.action(), 0);
        }

        void slotsInUse(UUID plan, int count) {
            slots.putIfAbsent(plan, count);
        }

        int slotsInUse(UUID plan) {
            return slots.getOrDefault(plan, 0);
        }

        void started(UUID plan) {
            slots.merge(plan, 1, Integer::sum);
        }

        boolean add(Candidate candidate) {
            boolean added = places.putIfAbsent(candidate.action(), places.size()) == null;
            if (added) {
                byPlan.computeIfAbsent(candidate.plan(), _ -> new TreeSet<>(order))
                        .add(candidate);
                candidate
                        .demands()
                        .forEach(demand -> byResource
                                .computeIfAbsent(demand.resource(), _ -> new HashSet<>())
                                .add(candidate));
            }
            return added;
        }

        void remove(Candidate candidate) {
            TreeSet<Candidate> rest = byPlan.get(candidate.plan());
            if (rest != null && rest.remove(candidate) && rest.isEmpty()) {
                byPlan.remove(candidate.plan());
            }
            candidate
                    .demands()
                    .forEach(demand -> byResource
                            .getOrDefault(demand.resource(), new HashSet<>())
                            .remove(candidate));
        }

        boolean isEmpty() {
            return byPlan.isEmpty();
        }

        Stream<Candidate> wanting(String resource) {
            return byResource.getOrDefault(resource, Set.of()).stream();
        }

        /** {@return the candidate whose plan is the next to get a slot} */
        Candidate first() {
            return byPlan.values().stream()
                    .map(TreeSet::first)
                    .min(Candidate.BY_CLASS
                            .thenComparingInt(candidate -> slots.getOrDefault(candidate.plan(), 0))
                            .thenComparing(keptFirst)
                            .thenComparing(order))
                    .orElseThrow();
        }
    }
}
