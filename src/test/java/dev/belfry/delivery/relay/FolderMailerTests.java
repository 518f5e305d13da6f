package dev.belfry.delivery.relay;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class FolderMailerTests {

	@TempDir
	private Path directory;

	@Test
	void putsEachEmailIntoAFileOfItsOwn() throws Exception {
		Path folder = this.directory.resolve("belfry-data/mail");

		AttemptOutcome outcome = new FolderMailer(Emails.composer(), folder).send(Emails.to("ann@shop.example"));

		Path file = folder.resolve("20261105T090307.120Z-a1b2.17@belfry.example.eml");
		assertThat(outcome).isEqualTo(new AttemptOutcome(Verdict.SENT, Stage.BODY, null, "Written to " + file));
		assertThat(file).content()
			.startsWith("Message-ID: <a1b2.17@belfry.example>\r\n")
			.contains("To: ann@shop.example");
	}

	@Test
	void keepsOneFileOfAnEmailThatIsSentTwice() {
		FolderMailer mailer = new FolderMailer(Emails.composer(), this.directory);

		mailer.send(Emails.to("ann@shop.example"));
		mailer.send(Emails.to("ann@shop.example"));

		assertThat(this.directory).isDirectoryContaining("glob:**.eml").isDirectoryNotContaining("glob:**.new");
		assertThat(this.directory.toFile().list()).hasSize(1);
	}

	@Test
	void writesNowhereElse() {
		StoredEmail email = Emails.to("ann@shop.example");
		StoredEmail elsewhere = new StoredEmail("../../x/y@belfry.example", email.createdAt(), email.address(),
				email.accountName(), email.topic(), email.topicTitle(), email.content(), email.unsubscribeToken());

		new FolderMailer(Emails.composer(), this.directory).send(elsewhere);

		assertThat(this.directory.toFile().list()).containsExactly("20261105T090307.120Z-....xy@belfry.example.eml");
	}

	@Test
	void saysThatTheFolderCannotBeWritten() throws Exception {
		Path file = Files.createFile(this.directory.resolve("mail"));

		assertThat(new FolderMailer(Emails.composer(), file).send(Emails.to("ann@shop.example")))
			.isEqualTo(new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null,
					"The folder for e-mails cannot be written: " + file));
	}

	@Test
	void refusesWhatCannotBeSent() {
		assertThat(new FolderMailer(Emails.composer(), this.directory).send(Emails.to("nobody")).verdict())
			.isEqualTo(Verdict.REFUSED);
		assertThat(this.directory).isEmptyDirectory();
	}

}
