package interlock.cli;

import static interlock.cli.Client.awaitIn;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.cli.Client.Run;
import interlock.web.HeldCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWatchTest extends CommandFixture {
    private static final String ESCAPE = "\u001b[";

    @Test
    void aPlanThatFailsEndsWithOneAndWithWhatFailed() {
        created("doomed", """
                {id: good, action_type: nop},
                {id: bad, action_type: fail, input_parameters: {message: no way, permanent: true}},
                {id: never, action_type: nop, parents: [bad]}""");

        run("plan", "start", "doomed");
        var run = run("plan", "watch", "doomed");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .containsPattern("interlock: doomed FAILED after .*: 1 SUCCEEDED, 1 FAILED, 1 CANCELLED")
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
                .contains("is RECOMMENDED, 0/1 done")
                .contains("0/1  ONGOING    a")
                .contains("1/1  SUCCEEDED  a");
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
            awaitIn(watch.out(), "1/2  50%");
            running.release();
            run = watch.join();
        }

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(ESCAPE + "4F")
                .contains("1 ongoing", "1 succeeded", "└─", "▶", "a rather long name for an action", "1/2  50%")
                .contains("2/2  100%")
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

        assertThat(run.out()).contains("100%").doesNotContainPattern("\u001b\\[\\d+m");
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
