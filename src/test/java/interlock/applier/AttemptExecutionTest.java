package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Execution;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Progress and request ids reported by action types. */
class AttemptExecutionTest extends AttemptFixture {
    @Test
    void aWrongReportIsRefusedWhereItIsMadeAndFailsTheAction() {
        for (double progress : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            run(reporting(execution -> execution.updateProgress(progress))).run();
        }
        run(reporting(execution -> execution.addRequestId(null))).run();
        run(reporting(execution -> execution.addRequestId(" "))).run();
        run(reporting(execution -> execution.addRequestId("x".repeat(1_000_000))))
                .run();
        run(reporting(execution -> execution.sleep(null))).run();

        assertThat(outcomes)
                .containsExactly(
                        failed("action type 'scripted' reported a progress of NaN; a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported a progress of Infinity;"
                                + " a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported a progress of -Infinity;"
                                + " a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported null as a request id; a text was expected"),
                        failed("action type 'scripted' reported an empty request id; a text was expected"),
                        failed("action type 'scripted' reported a request id of 1,000,000 characters;"
                                + " at most 255 were expected"),
                        failed("action type 'scripted' asked to sleep for null; a duration was expected"));
    }

    @Test
    void reportsAreMadeFitToBeStored() {
        AttemptTask run = run(reporting(execution -> {
            execution.updateProgress(7);
            for (int id = 0; id < 1_000; id++) {
                execution.addRequestId("req-\uD83D" + id);
            }
        }));

        run.run();

        ProgressReport report = run.news().orElseThrow();
        assertThat(report.progress()).hasValue(1);
        assertThat(report.requestIds())
                .hasSize(AttemptExecution.MOST_REQUEST_IDS)
                .startsWith("req-\uFFFD800")
                .endsWith("req-\uFFFD999");
        assertThat(run.news()).isEmpty();
    }

    @Test
    void reportsAfterTheEndAreIgnored() {
        var kept = new ArrayList<Execution>();
        AttemptTask run = run(reporting(kept::add));

        run.run();
        kept.getFirst().updateProgress(0.5);
        kept.getFirst().addRequestId("req-late");

        assertThat(run.news()).isEmpty();
        assertThat(outcomes).containsExactly(DONE);
    }
}
