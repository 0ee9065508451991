package interlock.browser;

import interlock.web.RunningService;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A visitor of the page on a wide screen, for each test; the browser has nothing to complain of. */
@ExtendWith({Chromium.Installed.class, RunningService.Shared.class})
abstract class PageFixture {
    final RunningService service;
    final Visitor visitor;

    PageFixture(Chromium chromium, RunningService service) {
        this.service = service;
        this.visitor = new Visitor(chromium, service.uri(), Screen.WIDE_LIGHT);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        Assertions.assertThat(visitor.complaints()).isEmpty();
        visitor.close();
    }
}
