package interlock.neo4j.view;

import static java.util.stream.Collectors.joining;

import interlock.model.PlanState;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Diagnosis.Holder;
import interlock.neo4j.view.Diagnosis.Kept;
import interlock.neo4j.view.Diagnosis.Kind;
import interlock.neo4j.view.Diagnosis.Member;
import interlock.neo4j.view.Diagnosis.Parent;
import interlock.neo4j.view.Diagnosis.Reason;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Derives why an action is in its state. A pure function of its input. */
final class Diagnoser {
    /** The number of names in a message; the detail contains more. */
    private static final int NAMED = 3;

    private final DiagnosisInput situation;
    private final DiagnosisInput.Asked asked;

    private Diagnoser(DiagnosisInput situation) {
        this.situation = situation;
        this.asked = situation.asked();
    }

    /** {@return all reasons that apply, the decisive one first} */
    static List<Reason> of(DiagnosisInput situation) {
        Diagnoser reasons = new Diagnoser(situation);
        return switch (situation.asked().state()) {
            case PENDING -> reasons.pending();
            case STANDBY -> List.of(reasons.standby());
            case ONGOING -> all(Stream.of(Optional.of(reasons.running()), reasons.replaced()));
            case SUCCEEDED -> all(Stream.of(Optional.of(reasons.succeeded()), reasons.reverted(), reasons.replaced()));
            case SKIPPED -> all(Stream.of(reasons.replaced(), reasons.skipped()));
            case FAILED -> all(Stream.of(Optional.of(reasons.failed()), reasons.replaced()));
            case CANCELLED -> all(Stream.of(Optional.of(reasons.cancelled()), reasons.replaced()));
        };
    }

    private static List<Reason> all(Stream<Optional<Reason>> reasons) {
        return reasons.flatMap(Optional::stream).toList();
    }

    private List<Reason> pending() {
        boolean started = asked.planState() == PlanState.ONGOING;
        boolean takenUpNext = asked.planState() == PlanState.PENDING;
        if (asked.planState().ended()) {
            return List.of(plan());
        }
        List<Reason> reasons = new ArrayList<>();
        if (!started && !takenUpNext) {
            reasons.add(plan());
        }
        if (asked.paused()) {
            reasons.add(reason(Kind.PAUSED, "its plan is paused, and nothing new starts until it is resumed"));
        }
        noApplier().ifPresent(reasons::add);
        if (takenUpNext) {
            reasons.add(plan());
        }
        pathWaits().ifPresent(reasons::add);
        parents().ifPresent(reasons::add);
        due().ifPresent(reasons::add);
        situation.shortages().stream()
                .map(this::shortage)
                .sorted(Comparator.comparing(Reason::kind))
                .forEach(reasons::add);
        return reasons.isEmpty() ? List.of(slots().orElseGet(this::ready)) : reasons;
    }

    private Reason plan() {
        String message = switch (asked.planState()) {
            case RECOMMENDED -> "its plan is RECOMMENDED, and nobody has started it";
            case PENDING ->
                asked.planNotBefore()
                        .filter(time -> time.isAfter(asked.now()))
                        .map("its plan was started, and begins at %s or later: its not_before"::formatted)
                        .orElse("its plan was started, and no applier has taken it up yet");
            case CANCELLING -> "its plan is being cancelled";
            case ONGOING -> "its plan runs";
            case SUCCEEDED, FAILED, CANCELLED, SUPERSEDED, DELETED -> "its plan is %s".formatted(asked.planState());
        };
        return new Reason(Kind.PLAN_STATE, message, new Detail.OfPlan(asked.planState()));
    }

    private Optional<Reason> noApplier() {
        List<Member> members = situation.appliers();
        if (members.stream().anyMatch(Member::alive)) {
            return Optional.empty();
        }
        String message = members.isEmpty()
                ? "no applier is active; start a service without --no-applier"
                : "the lease of every active applier has run out; start a service";
        return Optional.of(new Reason(Kind.NO_APPLIER, message, new Detail.Appliers(members)));
    }

    private Optional<Reason> pathWaits() {
        return situation
                .path()
                .filter(DiagnosisInput.OwnPath::holding)
                .map(own -> new Reason(
                        Kind.PATH_WAITS,
                        "its path '%s' waits for replaced actions that are still running%s"
                                .formatted(
                                        own.path().name(), own.awaited().isEmpty() ? "" : ": " + named(own.awaited())),
                        new Detail.OfPath(own.path(), own.awaited())));
    }

    private Optional<Reason> parents() {
        Detail.Parents waited = situation.parents();
        if (waited.total() == 0) {
            return Optional.empty();
        }
        String names =
                waited.parents().stream().limit(NAMED).map(Diagnoser::named).collect(joining(", "));
        return Optional.of(
                new Reason(Kind.PARENTS, "it waits for %s%s".formatted(names, more(waited.total())), waited));
    }

    private static String named(Parent parent) {
        return "'%s' (%s%s)"
                .formatted(
                        parent.action().id(),
                        parent.action().state(),
                        parent.path()
                                .map(", of the alternative path '%s'"::formatted)
                                .orElse(""));
    }

    private static String named(List<ActionRef> actions) {
        return named(actions, actions.size());
    }

    private static String named(List<ActionRef> first, long total) {
        return first.stream()
                        .limit(NAMED)
                        .map(action -> "'%s'".formatted(action.id()))
                        .collect(joining(", "))
                + more(total);
    }

    private static String more(long total) {
        return total > NAMED ? " and %d more".formatted(total - NAMED) : "";
    }

    private Optional<Reason> due() {
        return asked.notBefore()
                .filter(time -> time.isAfter(asked.now()))
                .map(time -> new Reason(
                        Kind.DUE,
                        "attempt %d is due at %s%s"
                                .formatted(
                                        asked.attempt() + 1,
                                        time.truncatedTo(ChronoUnit.SECONDS),
                                        asked.message()
                                                .map("; the one before: %s"::formatted)
                                                .orElse("")),
                        new Detail.Due(time)));
    }

    private Reason shortage(Detail.Shortage shortage) {
        boolean limit = shortage.kind().equals("action_type");
        String what = limit && shortage.units() == 1
                ? "type '%s' is limited to %d running actions".formatted(shortage.id(), shortage.capacity())
                : "it takes %d of %s/%s, of which %d of %d are free"
                        .formatted(
                                shortage.units(),
                                shortage.kind(),
                                shortage.id(),
                                Math.max(0, shortage.free()),
                                shortage.capacity());
        String never = shortage.units() > shortage.capacity() ? "; it cannot start until there are more" : "";
        String holders = shortage.holders().isEmpty()
                ? ""
                : "; %s"
                        .formatted(shortage.holders().stream()
                                        .limit(NAMED)
                                        .map(Diagnoser::named)
                                        .collect(joining(", "))
                                + more(shortage.total()));
        String kept = shortage.kept().map(it -> "; " + kept(it)).orElse("");
        return new Reason(limit ? Kind.LIMIT : Kind.RESOURCE, what + never + kept + holders, shortage);
    }

    private String kept(Kept kept) {
        Holder first = kept.action();
        return first.uuid().equals(asked.action().uuid())
                ? "free units are kept for it since %s".formatted(kept.since())
                : "free units are kept for '%s' of plan '%s', which takes %d, since %s"
                        .formatted(first.id(), title(first), first.units(), kept.since());
    }

    private static String title(Holder holder) {
        return holder.planName().isEmpty() ? holder.planUuid() : holder.planName();
    }

    private static String named(Holder holder) {
        return "'%s' of plan '%s' holds %d".formatted(holder.id(), title(holder), holder.units());
    }

    private Optional<Reason> slots() {
        List<Member> alive = situation.appliers().stream().filter(Member::alive).toList();
        if (alive.stream().anyMatch(member -> member.running() < member.slots())) {
            return Optional.empty();
        }
        long running = alive.stream().mapToLong(Member::running).sum();
        return Optional.of(new Reason(
                Kind.SLOTS,
                "it is ready, and the active appliers run as many actions as they may: %d".formatted(running),
                new Detail.Appliers(alive)));
    }

    private Reason ready() {
        return reason(
                Kind.READY,
                asked.blockedBy()
                        .map(
                                "it waited for %s, which has free units again; it starts with one of the next advances"
                                        ::formatted)
                        .orElse("nothing prevents it from starting; it starts with the next advance"));
    }

    private Reason standby() {
        return situation
                .path()
                .map(own -> new Reason(
                        Kind.STANDBY,
                        "its path '%s', which replaces %s, has not been activated"
                                .formatted(own.path().name(), named(own.replaced())),
                        new Detail.OfPath(own.path(), own.replaced())))
                .orElseGet(() ->
                        reason(Kind.STANDBY, "it is a finally action: it starts when all other actions have ended"));
    }

    private Reason running() {
        String applier = asked.applier().orElse("");
        String message = "applier %s runs it, attempt %d%s%s%s"
                .formatted(
                        applier,
                        asked.attempt(),
                        asked.since()
                                .map(time -> ", since " + time.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(""),
                        asked.abort()
                                .map("; it is asked to abort: %s"::formatted)
                                .orElse(""),
                        situation.appliers().stream()
                                .filter(member -> member.id().equals(applier) && !member.alive())
                                .map(member ->
                                        "; the applier's lease ran out at %s, and another applier will take the action back"
                                                .formatted(member.leaseUntil().truncatedTo(ChronoUnit.SECONDS)))
                                .collect(joining()));
        return new Reason(
                Kind.RUNNING, message, new Detail.Run(applier, asked.attempt(), asked.since(), asked.abort()));
    }

    private Reason succeeded() {
        return new Reason(
                Kind.SUCCEEDED,
                asked.message().map("it has done its work: %s"::formatted).orElse("it has done its work"),
                new Detail.Attempts(asked.attempt(), asked.failures()));
    }

    private Optional<Reason> reverted() {
        return asked.reverted() ? Optional.of(reason(Kind.REVERTED, "it was reverted afterwards")) : Optional.empty();
    }

    private Optional<Reason> skipped() {
        return asked.replacedBy().isPresent() && asked.message().isEmpty()
                ? Optional.empty()
                : Optional.of(reason(Kind.SKIPPED, asked.message().orElse("it was not needed")));
    }

    private Reason failed() {
        Impact.Cancelled cancelled = situation.cancelled();
        String message = asked.message().orElse("its last attempt failed");
        return new Reason(
                Kind.FAILED,
                cancelled.total() == 0
                        ? message
                        : "%s; %s because of it: %s"
                                .formatted(
                                        withoutStop(message),
                                        cancelled.total() == 1
                                                ? "1 action was cancelled"
                                                : "%d actions were cancelled".formatted(cancelled.total()),
                                        named(cancelled.actions(), cancelled.total())),
                new Detail.Failure(
                        asked.attempt(), asked.failures(), asked.requestIds(), cancelled.actions(), cancelled.total()));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private Reason cancelled() {
        List<ActionRef> failed = situation.failedBefore();
        String message = asked.message().orElse("it will not run");
        boolean named = failed.isEmpty()
                || message.contains("'%s'".formatted(failed.getFirst().id()));
        return new Reason(
                Kind.CANCELLED,
                named ? message : "%s; the cause is the failure of %s".formatted(withoutStop(message), named(failed)),
                new Detail.Others(failed));
    }

    private Optional<Reason> replaced() {
        return asked.replacedBy()
                .map(uuid -> asked.successor()
                        .map(path -> new Reason(
                                Kind.REPLACED,
                                "the path '%s' (%s) has replaced it".formatted(path.name(), path.state()),
                                new Detail.OfPath(path, List.of())))
                        .orElseGet(() -> reason(Kind.REPLACED, "the path %s has replaced it".formatted(uuid))));
    }

    private static Reason reason(Kind kind, String message) {
        return new Reason(kind, message, new Detail.None());
    }
}
