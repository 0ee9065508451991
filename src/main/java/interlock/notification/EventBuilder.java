package interlock.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.History;
import interlock.neo4j.store.History.ActionFacts;
import interlock.neo4j.store.History.Cursor;
import interlock.neo4j.store.History.Facts;
import interlock.neo4j.store.History.PlanFacts;
import interlock.neo4j.store.History.Revision;
import interlock.neo4j.store.History.Span;
import interlock.notification.DomainEvent.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds events from the history, in parts of limited size. */
final class EventBuilder {
    /** The maximum number of revisions and events in a part. */
    private static final int REVISIONS = 200;

    private static final int OCCURRENCES = 500;

    private final History history;

    /**
     * A part of the pending events.
     *
     * @param steps the events, in order
     * @param next the position after the part
     * @param last whether no pending events follow
     */
    record Part(List<Step> steps, Cursor next, boolean last) {}

    /**
     * An event, and the position after it.
     *
     * @param event empty if the subject of the event no longer exists
     * @param next the position after the event
     */
    record Step(Optional<Event> event, Cursor next) {}

    /** An event and its position in its revision. */
    private record Place(Revision revision, int number, DomainEvent what, Cursor next) {
        Place of(Subject subject) {
            return new Place(
                    revision,
                    number,
                    new DomainEvent(what.type(), subject, what.before(), what.state(), what.message()),
                    next);
        }
    }

    EventBuilder(History history) {
        this.history = history;
    }

    /** {@return the events from a position on that match the patterns, up to the limits of a part} */
    Part part(Cursor from, Span span, Collection<String> patterns) {
        List<Revision> revisions = history.from(from, span, REVISIONS);
        List<Place> places = new ArrayList<>();
        Cursor next = from;
        int seen = 0;
        boolean all = true;
        for (Revision revision : revisions) {
            Cursor start = next.turn() == revision.turn() ? next : new Cursor(revision.turn(), 0, 0);
            DomainEvents occurrences = DomainEvents.of(revision);
            int number = start.occurrences();
            for (; number < occurrences.size() && seen < OCCURRENCES; number++, seen++) {
                DomainEvent what = occurrences.get(number);
                next = after(start, number + 1, occurrences.size());
                if (EventTypes.match(patterns, what.type())) {
                    places.add(new Place(revision, number, what, next));
                }
            }
            if (number < occurrences.size()) {
                all = false;
                break;
            }
            next = after(start, number, occurrences.size());
        }
        boolean last = all && revisions.size() < REVISIONS;
        return new Part(tell(places), last ? new Cursor(span.until() + 1, 0, 0) : next, last);
    }

    private static Cursor after(Cursor start, int told, int size) {
        return told < size
                ? new Cursor(start.turn(), start.revisions(), told)
                : new Cursor(start.turn(), start.revisions() + 1, 0);
    }

    private List<Step> tell(List<Place> places) {
        List<Place> named = named(places);
        Set<String> plans = new HashSet<>();
        Set<String> actions = new HashSet<>();
        Set<String> audits = new HashSet<>();
        for (Place place : named) {
            switch (place.what().subject()) {
                case Subject.Plan plan -> plans.add(plan.uuid());
                case Subject.Audit audit -> audits.add(audit.uuid());
                case Subject.NumberedAction action -> plans.add(action.plan());
                case Subject.Action action -> {
                    plans.add(action.plan());
                    actions.add(action.uuid());
                }
            }
        }
        Facts facts = history.facts(plans, audits);
        Map<String, ActionFacts> byUuid = actions.isEmpty() ? Map.of() : history.actionFacts(actions);
        return named.stream()
                .map(place -> new Step(event(place, facts, byUuid), place.next()))
                .toList();
    }

    /** Looks up the uuids of actions that are known by their numbers only. */
    private List<Place> named(List<Place> places) {
        Map<String, IntSummaryStatistics> numbers = places.stream()
                .map(place -> place.what().subject())
                .filter(Subject.NumberedAction.class::isInstance)
                .map(Subject.NumberedAction.class::cast)
                .collect(Collectors.groupingBy(
                        Subject.NumberedAction::plan, Collectors.summarizingInt(Subject.NumberedAction::number)));
        Map<String, Map<Integer, String>> uuids = new HashMap<>();
        numbers.forEach((plan, range) -> uuids.put(plan, history.actions(plan, range.getMin(), range.getMax() + 1)));
        return places.stream().map(place -> named(place, uuids)).toList();
    }

    private static Place named(Place place, Map<String, Map<Integer, String>> uuids) {
        if (!(place.what().subject() instanceof Subject.NumberedAction action)) {
            return place;
        }
        String uuid = uuids.getOrDefault(action.plan(), Map.of()).get(action.number());
        return uuid == null ? place : place.of(new Subject.Action(action.plan(), action.planState(), uuid, 0));
    }

    private static Optional<Event> event(Place place, Facts facts, Map<String, ActionFacts> actions) {
        DomainEvent what = place.what();
        Revision revision = place.revision();
        return switch (what.subject()) {
            case Subject.Plan(String uuid) -> {
                PlanFacts plan = facts.plans().get(uuid);
                yield plan == null
                        ? Optional.empty()
                        : Optional.of(event(place, uuid, Payloads.plan(plan, what, revision.at())));
            }
            case Subject.Action action -> {
                PlanFacts plan = facts.plans().get(action.plan());
                ActionFacts told = actions.get(action.uuid());
                yield plan == null || told == null
                        ? Optional.empty()
                        : Optional.of(
                                event(place, action.uuid(), Payloads.action(told, plan, action, what, revision.at())));
            }
            case Subject.Audit(String uuid) -> {
                Audit audit = facts.audits().get(uuid);
                yield audit == null
                        ? Optional.empty()
                        : Optional.of(event(place, uuid, Payloads.audit(audit, what, revision.at())));
            }
            case Subject.NumberedAction _ -> Optional.empty();
        };
    }

    private static Event event(Place place, String subject, ObjectNode payload) {
        Event.Origin origin = switch (place.revision()) {
            case Revision.OfPlan plan ->
                new Event.Origin("/v1/action_plans/" + plan.plan(), plan.number(), place.number());
            case Revision.OfAudit audit ->
                new Event.Origin("/v1/audits/" + audit.audit(), audit.number(), place.number());
        };
        DomainEvent what = place.what();
        return new Event(origin, what.type(), subject, place.revision().at(), what.isError(), payload);
    }
}
