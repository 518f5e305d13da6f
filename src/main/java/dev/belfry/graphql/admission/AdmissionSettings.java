package dev.belfry.graphql.admission;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;
import dev.belfry.work.FairGate;

/**
 * How many queries and mutations a node answers at a time.
 *
 * @param running of all accounts; 0: eight for each processor, and at least 16
 * @param accountRunning of one account
 * @param accountWaiting how many of one account may wait beyond that
 * @param longestWait how long they may wait; a tenth of it while they have piled up for
 * so long
 * @param refusalDelay after how long those are answered who are refused again and again
 */
@ConfigurationProperties("belfry.requests")
record AdmissionSettings(@DefaultValue("0") int running, @DefaultValue("16") int accountRunning,
		@DefaultValue("200") int accountWaiting, @DefaultValue("500ms") Duration longestWait,
		@DefaultValue("500ms") Duration refusalDelay) {

	AdmissionSettings {
		StartRefused.unless(running >= 0, "belfry.requests.running is " + running + ".",
				"Set it to a number above zero, or to 0 for eight for each processor.");
		positive("belfry.requests.account-running", accountRunning);
		StartRefused.unless(accountWaiting >= 0, "belfry.requests.account-waiting is " + accountWaiting + ".",
				"Set it to a number that is not negative.");
		StartRefused.unlessPositive("belfry.requests.longest-wait", longestWait);
	}

	private static void positive(String setting, int value) {
		StartRefused.unless(value > 0, setting + " is " + value + ".", "Set it to a number above zero.");
	}

	FairGate.Bounds bounds() {
		int all = (this.running > 0) ? this.running : Math.max(16, 8 * Runtime.getRuntime().availableProcessors());
		int ofOne = Math.min(all, this.accountRunning);
		return new FairGate.Bounds(all, ofOne, ofOne, this.accountWaiting, this.longestWait);
	}

}
