package interlock.cli;

import static interlock.cli.Client.awaitIn;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.cli.Client.Run;
import interlock.web.HeldCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWatchTest extends CommandFixture {
    private static final String ESCAPE = "\u001b[";

    @Test
    void aPlanThatFailsEndsWithThreeAndWithWhatFailed() {
        created("doomed", """
                {id: good, action_type: nop},
                {id: bad, action_type: fail, input_parameters: {message: no way, permanent: true}},
                {id: never, action_type: nop, parents: [bad]}""");

        run("plan", "start", "doomed");
        var run = run("plan", "watch", "doomed");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .containsPattern("interlock: doomed FAILED after .*: 1 of 3 succeeded, 1 failed, 1 cancelled")
                .contains("Action 'bad' failed: no way")
                .containsPattern("[0-9a-f]{8}  FAILED  bad \\(attempt 1/1\\): .*no way");
    }

    @Test
    void aPlanThatWaitsToBeStartedIsFollowedFromThere() {
        created("patient", "{id: a, action_type: nop}");
        var watch = client().start("plan", "watch", "patient");
        awaitIn(watch.err(), "the plan has not been started; start it with: interlock plan start");

        run("plan", "start", "patient");

        assertThat(watch.join().exit()).isZero();
        assertThat(watch.join().out())
                .contains("is RECOMMENDED, 0 of 1 succeeded")
                .contains("0/1  ONGOING    a")
                .contains("1/1  SUCCEEDED  a");
    }

    @Test
    void aCancelledPlanEndsWithFour() {
        created("given up", "{id: a, action_type: nop}");
        run("plan", "cancel", "given up");

        assertThat(run("plan", "watch", "given up").exit()).isEqualTo(4);
        assertThat(run("plan", "wait", "given up").exit()).isEqualTo(4);
    }

    @Test
    void aPausedPlanWaitsForAPerson() {
        try (var held = new HeldCall()) {
            created("paused", held.action("a") + ", {id: b, action_type: nop, parents: [a]}");
            run("plan", "start", "paused");
            run("plan", "wait", "paused", "--for", "ongoing");
            run("plan", "pause", "paused");

            var watch = run("plan", "watch", "paused", "--exit-when-waiting");
            var wait = run("plan", "wait", "paused", "--exit-when-waiting");
            var terminal = client().atTerminal(120).run("plan", "list", "--name", "paused");
            run("plan", "resume", "paused");
            held.release();

            assertThat(List.of(watch.exit(), wait.exit())).containsOnly(5);
            assertThat(wait.err())
                    .contains("0 of 2 succeeded, 1 running; it waits for a person", "interlock plan resume ");
            assertThat(terminal.out()).contains("‖ ONGOING (paused)");
            assertThat(run("plan", "wait", "paused", "--exit-when-waiting").exit())
                    .isZero();
        }
    }

    @Test
    void aPlanIsAwaitedUntilItHasAStateOrTheTimeIsUp() {
        try (var held = new HeldCall()) {
            created("awaited", held.action("a"));

            var late = run("plan", "wait", "awaited", "--timeout", "10ms");
            var waiting = client().start("plan", "wait", "awaited", "--for", "ONGOING", "--timeout", "1h");
            run("plan", "start", "awaited");
            var begun = waiting.join();
            held.release();
            var ended = run("plan", "wait", "awaited");

            assertThat(late.exit()).isEqualTo(1);
            assertThat(late.err()).contains("awaited is still RECOMMENDED after 0.0s: 0 of 1 succeeded");
            assertThat(begun.exit()).isZero();
            assertThat(begun.out()).startsWith("awaited ");
            assertThat(ended.exit()).isZero();
            assertThat(ended.out()).contains("awaited SUCCEEDED after").hasLineCount(1);
        }
        var never = run("plan", "wait", "awaited", "--for", "FAILED");
        assertThat(never.exit()).isEqualTo(1);
        assertThat(never.err()).contains("; it does not become FAILED");
    }

    @Test
    void awaitingIsMisusedWithoutAStateOrADuration() {
        assertThat(run("plan", "wait", "x", "--timeout", "soon").exit()).isEqualTo(2);
        assertThat(run("plan", "wait", "x", "--for", "DONE").exit()).isEqualTo(2);
    }

    @Test
    void anEndedPlanIsToldAtOnce() {
        created("over", "{id: a, action_type: nop}");
        run("plan", "start", "over");
        run("plan", "watch", "over");

        var run = run("plan", "watch", "over");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("over SUCCEEDED after");
    }

    @Test
    void jsonIsTheEventsOfTheServiceEachOnALine() {
        created("as json", "{id: a, action_type: nop}");
        run("plan", "start", "as json");

        var run = run("plan", "watch", "as json", "-o", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.startsWith("{\"uuid\":"));
    }

    @Test
    void aTerminalShowsABarCountsAndWhatRunsInOnePlace() {
        Run run;
        try (var running = new HeldCall()) {
            created(
                    "live",
                    "{id: quick, action_type: nop}," + running.action("a rather long name for an action that runs"));
            run("plan", "start", "live");
            var watch = client().atTerminal(40).start("plan", "watch", "live");
            awaitIn(watch.out(), "1 of 2 succeeded");
            running.release();
            run = watch.join();
        }

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(ESCAPE + "4F")
                .contains("1 ongoing", "1 succeeded", "└─", "▶", "a rather long name for an action", "1 of 2 succeeded")
                .contains("2 of 2 succeeded")
                .contains(ESCAPE + "32m");
        assertThat(Arrays.stream(run.out()
                                .replaceAll("\u001b\\[\\d+[mFKJ]|\u001b\\[[KJ]", "")
                                .split("\n"))
                        .filter(line -> !line.startsWith("live SUCCEEDED")))
                .allMatch(line -> line.length() < 40);
    }

    @Test
    void failuresStayInSightAndNothingIsDrawnBelowTheTerminal() {
        created(
                "crowded",
                """
                {id: "bad one", action_type: fail, input_parameters: {message: no way, permanent: true}},
                """
                        + IntStream.range(0, 7)
                                .mapToObj("{id: s%d, action_type: sleep, input_parameters: {duration: 1}}"::formatted)
                                .collect(Collectors.joining(",")));
        var terminal = client().atTerminal(60, 9);
        var watch = terminal.start("plan", "watch", "crowded");
        awaitIn(watch.out(), "RECOMMENDED");

        run("plan", "start", "crowded");

        assertThat(watch.join().out()).contains("✗ bad one", ": Action failed in execute: no way", "more running");
        assertThat(watch.join().out().split("\u001b\\[\\d+F"))
                .allMatch(frame -> frame.lines()
                                .filter(line -> line.contains(ESCAPE + "K"))
                                .count()
                        <= 8);
    }

    @Test
    void noColorIsHonoured() {
        created("grey", "{id: a, action_type: nop}");
        run("plan", "start", "grey");
        var plain = client().atTerminal(80).with("NO_COLOR", "1");

        var run = plain.run("plan", "watch", "grey");

        assertThat(run.out()).contains("1 of 1 succeeded").doesNotContainPattern("\u001b\\[\\d+m");
    }

    @Test
    void theWatchGoesOnWhenTheServiceIsBackAndIsGivenUpWhenItStaysAway(@TempDir Path data) {
        try (var held = new HeldCall();
                var other = new Service(data, service.database())) {
            var client = Client.of(other.uri());
            created(
                    client,
                    "lasting",
                    "planner: explicit",
                    held.action("meanwhile") + ",{id: before, action_type: nop},"
                            + "{id: after, action_type: nop, parents: [before, meanwhile]}");
            var patient = client.start("plan", "watch", "lasting");
            var ahead = new AtomicReference<>(Duration.ZERO);
            var late = client.withClock(() -> InstantSource.system().instant().plus(ahead.get()))
                    .start("plan", "watch", "lasting");
            awaitIn(patient.out(), "is RECOMMENDED");
            awaitIn(late.out(), "is RECOMMENDED");
            client.run("plan", "start", "lasting");
            awaitIn(patient.out(), "SUCCEEDED  before");
            awaitIn(late.out(), "SUCCEEDED  before");

            other.stop();
            awaitIn(patient.err(), "was lost");
            awaitIn(late.err(), "was lost");
            ahead.set(Duration.ofMinutes(2));
            var givenUp = late.join();
            held.release();
            other.start();
            var followed = patient.join();

            assertThat(givenUp.exit()).isEqualTo(1);
            assertThat(givenUp.err()).contains("is still unreachable");
            assertThat(followed.exit()).isZero();
            assertThat(followed.err()).contains("reconnected");
            assertThat(followed.out()).containsOnlyOnce("3/3  SUCCEEDED  after");
        }
    }
}
