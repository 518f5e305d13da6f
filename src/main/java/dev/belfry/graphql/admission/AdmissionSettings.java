package dev.belfry.graphql.admission;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;
import dev.belfry.work.FairGate;

/**
 * How many queries and mutations a node answers at a time.
 *
 * @param running of all accounts: several times as many as one account may have, since
 * those may all wait for something that only they wait for
 * @param accountRunning of one account
 * @param beginning that began less than 0.1 s ago; 0: four times as many as there are
 * processors, and at least 8; of one account all but one
 * @param accountWaiting how many of one account may wait beyond that
 * @param longestWait how long they may wait
 * @param refusalDelay after how long those are answered who are refused again and again
 */
@ConfigurationProperties("belfry.requests")
record AdmissionSettings(@DefaultValue("64") int running, @DefaultValue("16") int accountRunning,
		@DefaultValue("0") int beginning, @DefaultValue("200") int accountWaiting,
		@DefaultValue("1s") Duration longestWait, @DefaultValue("500ms") Duration refusalDelay) {

	/**
	 * As RFC 8289 measures: no shorter, since a pause of the collector is no overload.
	 */
	private static final Duration BURST = Duration.ofMillis(100);

	/** Most operations take less. */
	private static final Duration QUICK = Duration.ofMillis(50);

	AdmissionSettings {
		positive("belfry.requests.running", running);
		positive("belfry.requests.account-running", accountRunning);
		StartRefused.ifNegative("belfry.requests.beginning", beginning);
		StartRefused.ifNegative("belfry.requests.account-waiting", accountWaiting);
		StartRefused.unlessPositive("belfry.requests.longest-wait", longestWait);
	}

	private static void positive(String setting, int value) {
		StartRefused.unless(value > 0, setting + " is " + value + ".", "Set it to a number above zero.");
	}

	FairGate.Bounds boundsOfBeginning() {
		int all = (this.beginning > 0) ? this.beginning : Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
		int half = Math.max(1, all / 2);
		return new FairGate.Bounds(all, Math.max(1, all - 1), half, half, QUICK, this.accountWaiting, this.longestWait,
				BURST);
	}

	FairGate.Bounds bounds() {
		int ofOne = Math.min(this.running, this.accountRunning);
		return new FairGate.Bounds(this.running, ofOne, ofOne, this.running, Duration.ZERO, this.accountWaiting,
				this.longestWait, BURST);
	}

}
