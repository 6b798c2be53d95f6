"""The sentence of each expected trouble: what happened, what is safe, what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.errors import AppError
from app.i18n import N_, Texts
from app.model.hidden_signs import shown_in_line

if TYPE_CHECKING:
    from app.model.content_problems import Problem  # the first window says sentences and checks no scheme

SENTENCES: dict[str, str] = {
    "salvage-needs-reference": N_(
        "This film does not say itself how its pictures are packed, but another film of the same camera does. Choose a "
        "whole one. Nothing was changed."
    ),
    "salvage-nothing": N_(
        "Nothing could be read of this film that can be relied on. The original was left alone. Keep it as it is: those "
        "who rescue data may find more."
    ),
    "salvage-other-kind": N_(
        "The films that were tried are packed in another way than this one. Choose a whole film that the same camera made "
        "with the same settings. Nothing was changed."
    ),
    "self-test-failed": N_(
        "Something in this installation does not work; what it is stands above. Your archives were not touched. Install "
        "the program again, and if that does not help, show these lines to whoever looks after this computer."
    ),
    "settings-damaged": N_(
        "The settings on this computer could not be read, so they are as at first. The damaged file is kept as {file}."
    ),
    "settings-newer": N_(
        "The settings were made by a newer version of the program. What this one knows is in use; that file is kept as {file}."
    ),
    "settings-not-kept": N_(
        "The settings could not be kept on this computer: they hold until the program is closed. Check that the disk has room."
    ),
    "pages-not-made": N_(
        "The pages could not be made of the text as it is now. What was written is saved; the page beside it is of before."
    ),
    "unknown": N_("Something did not work. What was saved is safe. Please try again."),
    "archive-film-missing": N_(
        "A film's file is missing from the archive's folder, so no backup was made. Earlier backups are "
        "untouched; the film may be in one."
    ),
    "archive-no-room": N_(
        "There is too little room on this disk for an archive. Nothing was changed. Make room or choose another place."
    ),
    "archive-older": N_(
        "The archive's database is older than its key file: what was done after {when} is not in it. An earlier copy may "
        "have been put back by hand. Nothing was changed. If you have a newer copy or backup, lock and open that one."
    ),
    "database-foreign": N_(
        "The database in this folder belongs to another archive, so it was not opened. Nothing was changed. Put back the "
        "right one, or restore the newest backup beside it."
    ),
    "disk-full-reading": N_(
        "The disk is full. What was saved is safe and can be read, but nothing new can be saved now, and your sign-in is not "
        "in the access log. Make room on the disk, lock and sign in again."
    ),
    "key-change-waits": N_(
        "The archive's key could not be changed yet, because the disk is full. Everything opens as before; it is "
        "changed at the next sign-in when there is room."
    ),
    "key-file-older": N_(
        "The archive's key file was damaged, and the one before it was taken. A change of passphrase or recovery code "
        "made last may be undone: check them in the settings."
    ),
    "coding-file-missing": N_(
        "A file of one of your own codings is missing from the archive's folder, in the folder codings. All else is as it "
        "was. If you have a newer copy of the folder or a backup, the file is in it."
    ),
    "coding-file-damaged": N_(
        "A file of one of your own codings is damaged and cannot be read. All else is as it was, and nothing was changed. "
        "The newest backup has the coding as it was then."
    ),
    "coding-file-unclaimed": N_(
        "In the archive's folder there is a file of a coding that the archive does not know. It was left as it is. The "
        "database may have been put back by hand, and be older than the file."
    ),
    "codings-older": N_(
        "Your own codings that are not open to others yet are older than when you last left: a file may be gone, or put "
        "back by hand. Nothing was changed. If you have a newer copy of the folder or a backup, look there."
    ),
    "codings-moved": N_(
        "Your codings that are not open to others yet, and your own notes, now lie under your key alone. What was logged "
        "of them before, and backups made before, can still be read as until now: keep the old backups well."
    ),
    "moments-damaged": N_(
        "Moments that you chose for feedback before both codings were ready cannot be read: they are damaged. All else is "
        "as it was, and nothing was changed. The newest backup has them as they were then."
    ),
    "moments-moved": N_(
        "Moments that you chose for feedback, and that are not open to others yet, now lie under your key alone. What was "
        "logged of them before, and backups made before, can still be read as until now: keep the old backups well."
    ),
    "lock-is-link": N_(
        "The archive's file named lock is a link to something else, so the archive was not opened and nothing was "
        "changed. Remove the link and try again."
    ),
    "log-not-whole": N_(
        "Rows of the archive's access log were changed or are missing. You can go on, nothing else is lost by it. Check the "
        "archive in the settings, and tell whoever answers for it."
    ),
    "no-recovery-code": N_(
        "This sign-in has no recovery code of its own. Another's code does not open it; ask a colleague to make a new "
        "sign-in."
    ),
    "not-entered": N_(
        "Something went wrong while the archive was opened, so it was closed again. What was saved is safe. Try again."
    ),
    "own-key": N_("This opens only with its own worker's sign-in. Nothing was changed."),
    "recovered-since": N_(
        "Your sign-in was opened with your recovery code on {when}. If it was not you, change your passphrase, make a new "
        "code and tell your supervisor."
    ),
    "recovery-code-ended": N_(
        "The archive's old recovery code no longer works, because it opened the archive as anybody. Make a code of your "
        "own in the settings."
    ),
    "recovery-code-old": N_(
        "This code is from an earlier version and was nobody's own. Where several people work it opens no sign-in; a "
        "colleague can make you a new one."
    ),
    "recovery-code-wrong": N_(
        "This is not the newest recovery code of this sign-in. Each worker has an own code; check whose paper it is."
    ),
    "restore-disk-full": N_(
        "The disk became full, so nothing was restored, and what had been begun was taken away. The backup is untouched. "
        "Make room, or restore to another disk."
    ),
    "restore-needs-folder": N_(
        "An archive cannot be a whole disk. Give the name of a new folder on it; nothing was changed."
    ),
    "rotation-waits": N_(
        "The archive's key can be changed when everybody has signed in once with this version. Still waiting: {names}."
    ),
    "supervision-not-yours": N_(
        "This belongs to another supervisor's work, or is not there any more. Nothing was changed."
    ),
    "supervision-untitled": N_("Give the supervision a name by which you know it. Nothing was changed."),
    "supervision-word-of-another": N_(
        "A rating and a mark are each one's own: whoever wrote it changes it. Nothing was changed."
    ),
    "agreement-signed": N_(
        "A signed agreement stays as it was signed. For other terms make a new agreement that goes on from this one."
    ),
    "agreement-unsigned": N_(
        "The agreement is not signed yet, or lacks something that was to be agreed. Only the exploratory meeting is held "
        "before that. Nothing was changed."
    ),
    "agreement-ended": N_(
        "This supervision has ended. For new sessions make a new agreement that goes on from it. Nothing was changed."
    ),
    "session-stays": N_(
        "What became of a session stays on record. A planned one can be taken away. Nothing was changed."
    ),
    "recording-consent": N_(
        "A session is recorded only when everybody who is there has said yes to it. Nothing was changed."
    ),
    "session-being-recorded": N_(
        "The session is being recorded. End the recording first, then say it again. Nothing was changed."
    ),
    "not-of-supervision": N_(
        "Nothing of client work can be joined to a recorded session of supervision. Nothing was changed."
    ),
    "brought-undecided": N_(
        "A film of another controller's client is brought only by that controller's decision and the clients' consents, by "
        "one of the supervisees. Nothing was taken in."
    ),
    "brought-stays": N_(
        "What a brought film stands on stays as it was noted. It can be taken back. Nothing was changed."
    ),
    "brought-too-long": N_(
        "A brought film is used from its decision on, and never longer than the agreement lasts. Choose another last day. "
        "Nothing was changed."
    ),
    "cancelled-when": N_("Say on which day the session was cancelled. Nothing was changed."),
    "clip-controller-undecided": N_(
        "The controller whose client is on this film has to decide that it is shown to people of another house. Write down "
        "who decided and on what ground. The film was not shown."
    ),
    "clip-not-covered": N_(
        "Not all of this clip has been covered or looked at yet. Cover it first, or say that it is shown as it is. The film "
        "was not shown."
    ),
    "clip-stopped": N_("Somebody asked to stop. In this session the clip is not shown again."),
    "showing-unsaid": N_("The showing was not put on record, so the film was not shown. Please try again."),
    "showing-stays": N_("That a clip was shown stays on record. Nothing was changed."),
    "showing-is-no-edit": N_("A showing is put on record only by showing the clip. Nothing was changed."),
    "showing-without-consent": N_(
        "A client's clip is shown in supervision only with the consent of everybody on it. The film was not shown."
    ),
    "slot-own": N_("You cannot remove your own sign-in. A colleague can do it."),
    "template-field-has-more": N_("{place}: a field of the kind {kind} has no {field}."),
    "template-lines-without-table": N_("{place}: only a table has lines of its own."),
    "template-person-without-case": N_("{place}: only a service of a client's case names people. Use a code instead."),
    "template-feedback-of-others": N_(
        "{place}: a client's service asks the child, the parent or the orderer for feedback, other work its "
        "participants."
    ),
    "template-step-twice": N_("{place}: the step {value} is done by a form or by an approval, not by both."),
    "too-many-tries": N_("Wrong passphrase many times. You can try again in {wait} s; nothing was changed."),
    "erasing-is-no-step": N_(
        "A film goes only by being erased, on a ground and with a certificate. Nothing was changed."
    ),
    "erasure-needs-ground": N_("Write on what ground this is erased. Nothing was changed."),
    "erasure-needs-second": N_(
        "Another worker has to confirm this erasing with an own sign-in. Nothing was changed; ask your work partner to "
        "look at it with you."
    ),
    "closed-by-checklist": N_(
        "A case is closed and opened again by its checklist under Retention. Nothing was changed."
    ),
    "closing-needs-reason": N_(
        "Something of the checklist is not done. Write why the case is closed all the same; nothing was changed."
    ),
    "not-due-yet": N_(
        "By its rule of retention this film is not yet to be erased. Nothing was changed; if it must go earlier, choose "
        "another ground and write it in words."
    ),
    "case-not-due-yet": N_(
        "By the rules of retention this case or a film of it is not yet to be erased. Nothing was changed; if it must go "
        "earlier, choose another ground and write it in words."
    ),
    "whole-not-due-yet": N_(
        "By its rule of retention this is not yet to be erased. Nothing was changed; if it must go earlier, choose another "
        "ground and write it in words."
    ),
    "supervision-sign-in": N_(
        "An own sign-in is of one supervisee and one worker, and not of the supervisor. Nothing was changed; choose "
        "another worker."
    ),
    "supervision-not-ended": N_(
        "This supervision has not ended, so it cannot be erased. Nothing was changed; end the agreement first."
    ),
    "supervision-has-recordings": N_(
        "Sessions of this supervision have recordings. Erase them first: each has a certificate of its own. Nothing was changed."
    ),
    "service-not-ended": N_("This work has not ended, so it cannot be erased. Nothing was changed; end it first."),
    "consultation-moved": N_(
        "This consultation was moved to the client's case, so it stays here as it is. Nothing was changed; what was said is "
        "in the case."
    ),
    "consultation-not-movable": N_(
        "Only a consultation in which the client was named and something is written can be moved. Nothing was changed; "
        "say first that the client was named."
    ),
    "service-kept-by-case": N_(
        "This service belongs to a case: it is kept and erased with the case. Nothing was changed; look at the retention "
        "of the case."
    ),
    "request-unanswered": N_(
        "Write what was answered to the request. Nothing was changed; until then it keeps what it is about."
    ),
    "case-not-closed": N_(
        "This case is open, so it cannot be erased as a whole. Nothing was changed; close it first by its checklist."
    ),
    "erasing-while-taking-in": N_(
        "Films are being taken in or rescued, so no case can be erased. Nothing was changed; try again when it is done."
    ),
    "rule-without-source": N_(
        "Write where the rule comes from, such as the agreement and its section. Nothing was changed."
    ),
    "rule-shorter-than-law": N_(
        "The rule is shorter than the law's period for the documents of this service task. It is possible only where the "
        "commission says what goes back to the controller: write that on the commission's tab first. Nothing was changed."
    ),
    "showing-was-read": N_(
        "Coders have read this text, so it stays as it was. Other words become a version of their own. Nothing was changed."
    ),
    "rule-not-counted": N_("A rule is a day to count from and a number of months. Nothing was changed."),
    "film-is-clock": N_("The meeting goes by this film's clock, so its beginning stays. Nothing was changed."),
    "films-overlap": N_(
        "Another film of the same camera is at that time, so the film stays where it was. Nothing was changed; look at "
        "the time again."
    ),
    "erasing-while-filming": N_("A meeting is being filmed. Nothing can be erased meanwhile; try again after it."),
    "film-being-made": N_(
        "A film of this case is being recorded or waits to be rescued, so nothing can be erased now. Try again when it is "
        "in the archive."
    ),
    "held-by-hold": N_(
        "A legal hold keeps this material, so nothing was erased. It can be erased when the hold has been ended."
    ),
    "held-by-request": N_(
        "A request about this is open, so nothing was erased. It can be erased when the request has been answered and "
        "what was granted has been handed over."
    ),
    "meeting-of-kept-apart": N_(
        "These people are kept apart, so they are not booked for one meeting. Nothing was changed. Make a meeting of its"
        " own for each."
    ),
    "note-of-another": N_("A note stays its writer's own. Nothing was changed."),
    "note-left-to-coding": N_(
        "What is seen in a filmed meeting is coded, each worker alone. Nothing was written. Write it in your own coding."
    ),
    "hold-stays": N_("A legal hold stays on record as it was set. It can only be ended, once."),
    "hold-without-ground": N_("Write on what ground the material is held. The hold was not set."),
    "commission-not-over": N_("Another commission can follow when this one is refused or ended. Nothing was begun."),
    "commission-refused-without-reason": N_("Write why the commission was refused. Nothing was recorded."),
    "commission-step-before": N_("This step cannot be before the one it follows. Check the day; nothing was recorded."),
    "commission-step-out-of-order": N_("This step does not follow the last one on record. Nothing was recorded."),
    "request-answered-before": N_("The request cannot have been answered before it arrived. Check the day."),
    "request-not-granted": N_("Nothing has been granted yet. Record the decision first, then what was handed over."),
    "request-without-asker": N_("Say who asks: a person of the case, or in words somebody else."),
    "request-without-decider": N_("Write who decided for the controller. The decision was not recorded."),
    "request-without-reason": N_(
        "Write which parts are not given and on what ground, and whom the asker can turn to. The decision was not recorded."
    ),
    "request-without-what": N_("Write what was handed over and how. Nothing was recorded."),
    "film-erased": N_("The film has been erased. Nothing of it is left in this archive."),
    "archive-missing": N_("There is no archive in this folder. Nothing was changed."),
    "archive-newer": N_(
        "This archive was made with a newer version of the program. Update the program; the archive is untouched."
    ),
    "update-not-whole": N_(
        "The archive was to be brought into this version's form, but a check of the copy failed ({what}). The archive is as "
        "it was, and the version of the program that you used until now opens it. Make a problem report of this version."
    ),
    "backup-damaged": N_("The backup is damaged ({what}). Use an older backup; the archive itself is untouched."),
    "conflict-copies": N_(
        "There is another copy of this archive, or of a part of it, beside it: {names}. What is done in one is not in the "
        "other. Nothing was changed. Find out which of them is the right one, and move the other away."
    ),
    "replaced": N_(
        "The archive's database was replaced or removed while it was open here, perhaps by a sync service or from another "
        "computer. What was done here is kept in the archive's folder, in a file whose name begins with “archive (kept”; "
        "nothing more is written. Lock the archive, find out what changed it, and open the right copy."
    ),
    "clock-behind": N_(
        "This computer's clock is behind: the archive's newest entry is from {when}. Nothing is lost. Put the clock right "
        "in the system's settings, or what is done now is told as older than what came before."
    ),
    "backup-place-away": N_(
        "The disk or folder for backups has not been here for days. The archive is safe, but what was done since is on this "
        "computer alone. Connect the disk: the backup is then made by itself."
    ),
    "backup-disk-full": N_(
        "The backup disk is full, so no backup was made. The archive and the earlier backups are safe. Make room on the "
        "backup disk or choose another, and try again."
    ),
    "backup-no-room-here": N_(
        "This computer's disk has too little room to check the backup, so none was made. The archive and the earlier "
        "backups are safe. Make room on this computer's disk and try again."
    ),
    "backup-film-missing": N_(
        "A film's file is missing from the backup disk, so nothing was restored. Copy the folder "
        "havainto-media beside the backup or use another backup."
    ),
    "backup-missing": N_(
        "There is no backup in this folder. Choose the folder whose name begins with havainto-backup."
    ),
    "backup-newer": N_("The backup was made with a newer version of the program. Update the program and try again."),
    "backup-not-whole": N_(
        "The backup could not be proven whole ({what}), so it does not count. The archive is safe. Try again, perhaps to another disk."
    ),
    "before-first": N_("There is no picture yet at that time. The first picture is at 0 seconds."),
    "broken-reference": N_("Something this refers to is no longer there. Nothing was changed. Open the place again."),
    "cannot-write": N_(
        "The file could not be written there. Check that the folder exists and that there is room, and try again."
    ),
    "cancelled": N_("Cancelled. Nothing was left behind."),
    "case-unknown": N_("There is no case with that code name or id in this archive."),
    "closed": N_("The archive is locked. Open it again to go on; what was saved is safe."),
    "coding-exists": N_("You already have a coding of this meeting. Go on with it."),
    "coding-not-yours": N_("Only its own coder can change or read this coding before both are ready."),
    "calibration-not-yours": N_("Each worker measures only their own reaction time. Nothing was changed."),
    "coding-ready": N_("This coding is marked as ready and no longer changes. Nothing was changed."),
    "both-ready": N_("Both codings are ready, so they are fixed. Ready can no longer be taken back."),
    "no-reference": N_(
        "There is no reference coding of this film that could be coded against now. Nothing was begun. Choose another film."
    ),
    "not-a-coder": N_("You are not one of the two coders of this meeting."),
    "guest-ended": N_(
        "The guest pass of this sign-in ended on {day}, so nothing was opened. What the guest coded is safe. {whom} gave the "
        "pass and can give more days."
    ),
    "guest-gone": N_(
        "This guest sign-in has no pass any more, so nothing was opened. Ask whoever answers for the archive."
    ),
    "guest-over": N_(
        "The guest pass has ended, so nothing was saved now. What was coded before is safe. Ask whoever gave the pass for "
        "more days."
    ),
    "guest-only-codes": N_("A guest codes one meeting. This is done by the workers of the house. Nothing was changed."),
    "guest-stays": N_("A guest's sign-in stays a guest's. Nothing was changed."),
    "pass-stays": N_(
        "A guest's pass stays on record as it was given. Its last day can be changed while it is in force, and it can be "
        "ended."
    ),
    "pass-not-yours": N_("Only a worker of the meeting can do this: one of its coders or of the pair of its case."),
    "pass-too-long": N_(
        "A guest's pass is given for 12 months at most. Choose an earlier last day. Nothing was changed."
    ),
    "pass-over": N_("The last day of the pass is over already. Choose a later one. No pass was given."),
    "pass-for-no-guest": N_("A pass is given to a guest. This worker has a sign-in to the whole archive."),
    "pass-not-as-role": N_(
        "A substitute and the county's worker are one of the meeting's two coders, and a student is not. No pass was given."
    ),
    "coding-set-aside": N_(
        "Another worker codes this meeting in your place. Your coding waits as it was, and nobody else reads it."
    ),
    "substitute-too-late": N_(
        "Both codings of the meeting are open already, so nobody comes in anybody's place any more. Nothing was changed."
    ),
    "substitute-elsewhere": N_(
        "A coding of this meeting is on its way to or from a partner's computer. Withdraw it first; then another can be "
        "named coder. Nothing was changed."
    ),
    "substitute-same": N_(
        "The one in whose place another comes is a coder of the meeting now, and the new coder is somebody else than its two."
    ),
    "student-no-consent": N_(
        "Not everybody on the film has consented to training, so a student cannot code it. No pass was given."
    ),
    "student-no-reference": N_(
        "A student codes beside a reference coding, and this meeting has none in force. Name the confirmed common view as a "
        "reference first. No pass was given."
    ),
    "coders-fixed": N_("The coders of a meeting can no longer change when a coding has begun."),
    "camera-fixed": N_("The meeting is being coded, so its films keep their cameras."),
    "sample-after-coding": N_(
        "Coding of the meeting has begun, so no tasks can be drawn for it any more. Nothing was drawn."
    ),
    "sample-exists": N_("The tasks for a second coding were drawn already. A draw is made once. Nothing was changed."),
    "sample-fixed": N_("What was drawn for a second coding stays as it was drawn. Nothing was changed."),
    "sample-not-drawn": N_(
        "That is not what the seed gives for these tasks. Nothing was changed. Open the place and draw again."
    ),
    "sample-empty": N_("Choose at least one meeting with a plan. Nothing was drawn."),
    "sample-seed": N_("A seed is a number of at most 18 digits, without spaces. Nothing was drawn yet."),
    "plan-drawn": N_("Tasks of this plan were in a draw and keep their place. Others can be added behind them."),
    "sent-coding-fixed": N_("What was sent to a partner stays as it was sent. Nothing was changed."),
    "taken-in-is-no-step": N_(
        "What came from a partner changes only by taking in what the partner sends. Nothing was changed."
    ),
    "second-common-view-open": N_(
        "The second pass is of what you have agreed on: it waits until both have confirmed the common view. What was"
        " answered is safe."
    ),
    "second-not-both-ready": N_("The second pass is compared when both have marked theirs as ready."),
    "second-nothing-asked": N_("The scheme asks nothing more of what was agreed. Nothing was begun."),
    "second-pass-without-codes": N_("{place}: write of which codes' events it is asked, one at least."),
    "second-pass-no-event": N_("{place}: {value} is not a code of a moment in this scheme."),
    "second-pass-few-options": N_("{place}: at least {least} answers are needed to choose from."),
    "second-unanswered": N_("Something of the second pass is still unanswered. What was answered is safe."),
    "service-closed": N_("This service is closed, so nothing of it changes. Open it again first."),
    "service-line": N_("This table has lines of its own, and rows on these alone. Nothing was changed."),
    "service-needs-case": N_("This service belongs to a client's case. Open the case and begin it there."),
    "service-needs-worker": N_("A service has somebody who does it. Choose a worker; nothing was changed."),
    "service-not-in-template": N_(
        "The template that this service was begun with has no such part. Nothing was changed."
    ),
    "service-not-there": N_("The service of this form is not in the archive any more. Nothing was changed."),
    "service-person": N_("A service names people of its own case alone. Nothing was changed."),
    "service-pinned": N_(
        "A service keeps its template, its version and its case from the beginning to the end. Nothing was changed."
    ),
    "service-template-missing": N_(
        "The template that this service was begun with is not in the archive or cannot be read. Nothing was changed."
    ),
    "service-value": N_("This cannot stand in the field. What was there before is kept."),
    "service-without-case": N_(
        "This service is kept apart from clients' cases, without anybody's name. Nothing was changed."
    ),
    "segments-locked": N_("The tasks on the film are fixed, because a coding is already marked as ready."),
    "statement-not-yours": N_("A statement is written, checked and gone through by the two workers of its case."),
    "text-block-name": N_("A text block needs a name. Nothing was changed."),
    "text-block-words": N_("A text block needs words. Nothing was changed."),
    "own-word-anothers": N_("That own word is another worker's. Nothing was changed."),
    "margin-anothers": N_("What the other said in the margin stays as it was said. Nothing was changed."),
    "statement-corrected": N_("A newer version has taken this one's place. Open the newest; this one stays as it was."),
    "stage-not-now": N_("That is not done at this stage of the statement. Nothing was changed."),
    "not-approved-by-both": N_("The text waits for the approval of everybody who signs it. Nothing was changed."),
    "not-a-signer": N_("Somebody else signs this version, and only who signs approves it."),
    "one-signer-unsaid": N_("The case has one worker. Say first why one signs, and who confirms it."),
    "read-by-client": N_("Somebody has read this version, so it stays. Correct it as a new version."),
    "nobody-read-it": N_("First note how it was gone through with one of those whom it is about, or why it was not."),
    "reading-open": N_("A reading is still open. Note it first, or leave it."),
    "reading-unsaid": N_("Say on which day it was, or why it was not gone through. Nothing was noted."),
    "reader-unknown": N_("A statement is gone through with people of its own case."),
    "comment-unanswered": N_("Say of each comment what it is: a fact to correct, a differing view or a comment."),
    "fact-uncorrected": N_("A reader corrected a fact. Correct it in a new version; this one stays as it was read."),
    "correction-unsaid": N_("Write what this version corrects in the final one before it."),
    "superior-not-confirmed": N_(
        "One signs: the reason, the superior's name and the day of the confirmation are needed."
    ),
    "clients-words-fixed": N_("The client's own words are not edited. Nothing was changed."),
    "clients-words-missing": N_("The client's words are not whole in the document. Put the comments there anew."),
    "approved-text-missing": N_("What is approved is kept with the approval. Nothing was changed; try again."),
    "approved-text-fixed": N_("What was approved stays as it was."),
    "final-other-text": N_("The document would say something else than what was approved. Nothing was changed."),
    "final-not-fixed": N_("A version becomes final together with its document. Nothing was changed; try again."),
    "meeting-of-another": N_("A statement can only be about meetings of its own case."),
    "adult-unknown": N_("No one adult of this case is called so. Say it as the case's page does, or give the id."),
    "kept-apart-say-whose": N_(
        "The adults of this case are kept apart, so no statement is simply the newest. Nothing was written. Say whose it"
        " is: --adult with what the adult is called in the case."
    ),
    "kept-apart": N_("The adults are kept apart, so a statement is about one of them. Choose whose it is."),
    "evidence-kept-apart": N_(
        "Nothing was written. Some in this case are kept apart, so the paper is about one adult. Choose the adult above, "
        "then save again."
    ),
    "other-adult-named": N_(
        "The adults are kept apart, and the text names the other one. Nothing was written. Take the other one out of the"
        " sections that the list names, then save again."
    ),
    "place-told": N_(
        "The address of somebody of this case may not be told, and the text tells a place. Nothing was written. Take the"
        " place out of the sections that the list names, then save again."
    ),
    "feedback-without-service": N_("Nothing was recorded. Write or pick which service the feedback is about."),
    "feedback-of-tomorrow": N_("Nothing was recorded. Feedback cannot be from a day to come: check the day."),
    "feedback-nobody-near": N_("Nothing was recorded. Write which grown-up is near the child, without answering."),
    "feedback-of-another": N_("Nothing was changed. Only who opened a feedback form fills it or removes it."),
    "feedback-fixed": N_("Nothing was changed. Feedback that is done stays as it was given."),
    "feedback-form-unknown": N_(
        "This feedback was given on a form of a newer version of the program. It is safe: open it with that version."
    ),
    "goals-none": N_("No paper was made. There is no goal in this case for it to tell."),
    "goals-for-whom": N_(
        "No paper was made. Adults of this case are kept apart: choose whom the paper is for, and it tells nothing of the"
        " other."
    ),
    "goal-without-words": N_("Nothing was recorded. Write the goal in the words of the child or the family."),
    "goal-end-unsaid": N_("Nothing was changed. Write in words how the goal was reached."),
    "goal-ended-before": N_("Nothing was changed. A goal cannot end before it was set: check the day."),
    "goal-over": N_("Nothing was changed. The goal is over. Open it again if it is worked on."),
    "goal-reviewed": N_(
        "Nothing was removed. The goal has been reviewed: close it instead, or remove its reviews first."
    ),
    "goal-level-chosen": N_(
        "Nothing was changed. A review has chosen this sentence, and it stays as it was read then. Set a new goal if the"
        " sentence no longer fits."
    ),
    "goal-level-missing": N_("Nothing was recorded. The level that was chosen has no sentence yet: write it first."),
    "goal-levels": N_("Nothing was changed. A scale has five sentences."),
    "review-says-nothing": N_("Nothing was recorded. Choose a level or write what was said."),
    "review-of-tomorrow": N_("Nothing was recorded. A review cannot be on a day to come: check the day."),
    "review-before-goal": N_("Nothing was recorded. A review cannot be before the goal was set: check the day."),
    "review-of-another": N_("Nothing was changed. What a worker wrote of a goal only that worker changes."),
    "circumstance-empty": N_("Nothing was recorded. Write or pick what holds from the day on."),
    "circumstance-ends-before": N_("Nothing was changed. It cannot end before it began: check the day."),
    "death-to-come": N_("Nothing was recorded. A death cannot be on a day to come: check the day."),
    "merge-with-itself": N_("This is the same entry. Choose another one that is the same person."),
    "merge-child": N_("Nothing was changed. A child's entry and an adult's or a sibling's cannot be the same person."),
    "other-adult-around": N_(
        "The adults are kept apart, and around the text the other one is named: in the code name, the commission, what "
        "is corrected or why one signs. Nothing was written. Take the name out there, then save again."
    ),
    "service-paper-names-other": N_(
        "Nothing was written. The paper tells somebody who reads or signs it of one whom that one must not meet. Take the "
        "name out of the sheets, or make the whole paper for the orderer alone."
    ),
    "paper-names-other": N_(
        "Nothing was written. The code name, the place, those who come by role or the commission names somebody who is "
        "kept apart from the people of this meeting. Take the name out there, then print again."
    ),
    "merge-kept-apart": N_(
        "Nothing was changed. With this, people who are kept apart would have a meeting or a paper in common. Check who"
        " is kept apart, then try again."
    ),
    "merge-both-filmed": N_("Nothing was changed. Both are on the same film as two people, so they are two."),
    "merge-final": N_(
        "Nothing was changed. A finished statement is about this person, and it stays as it was. Keep this entry and take"
        " the other one into it."
    ),
    "merge-consents-differ": N_(
        "Nothing was changed. One entry's consent is in force and the other's to the same purpose was withdrawn. Record"
        " first which of the two holds."
    ),
    "link-in-one-case": N_("Nothing was changed. Two entries of one case are made one instead."),
    "names-said": N_(
        "Names of the case's people or workers stand open in what was said, in {n} places. Nothing was written. Keep them back, then save again."
    ),
    "nothing-said": N_("There is nothing in what was said that may leave. Nothing was written."),
    "common-view-cited": N_("A finished statement rests on this common view, so it does not change any more."),
    "confirmation-of-another": N_("A common view is confirmed by each worker with their own sign-in."),
    "confirmation-of-older-view": N_(
        "The common view was confirmed as it was. Nothing was changed. Decide again, and confirm it anew."
    ),
    "decision-not-possible": N_("This cannot be decided about this point. Nothing was changed. Choose another way."),
    "new-not-codable": N_(
        "There one of you could not code, or did not go through it: nothing new can be marked in that time. Nothing was"
        " changed. Choose another time."
    ),
    "decision-of-another": N_("A decision is written down under the name of who is signed in. Nothing was changed."),
    "reference-fixed": N_("A reference coding stays what was named. End it and name the common view anew."),
    "reference-not-confirmed-view": N_(
        "Only a common view that both have confirmed, as it is now, can be named as a reference coding. Nothing was changed."
    ),
    "reference-of-another": N_("Each of the two stands behind a reference coding with their own sign-in."),
    "training-figures-fixed": N_("Figures from training stay as they were counted. Nothing was changed."),
    "training-not-yours": N_("Figures from training are each worker's own. Nothing was changed."),
    "training-ready": N_(
        "You have marked this training coding as ready and seen the reference coding, so it stays as it is. You can code the film anew later."
    ),
    "led-address": N_(
        "This is no address of a computer in your own network. Type it as your partner reads it, for example 192.168.1.20."
    ),
    "led-by-partner": N_(
        "{name} leads now, so nothing was decided here. Take the lead, or tell {name} what you would decide."
    ),
    "led-cannot-wait": N_(
        "This computer cannot wait for another one: its network does not let it. See that it is in a network, and try again."
    ),
    "led-changed": N_(
        "What came over the line had been changed on the way, so the line was closed. What each has decided is kept in the own archive. Connect again."
    ),
    "led-code-form": N_("The code has six digits. Type it as your partner reads it."),
    "led-codings-differ": N_(
        "The two archives do not have the same two codings of this meeting, so you cannot go through them together. Send the codings as packages anew, and try again. Nothing was changed."
    ),
    "led-cut": N_(
        "The connection to your partner has ended. What each has decided is kept in the own archive. Connect again to go on together."
    ),
    "led-differences-differ": N_(
        "The two archives list other differing points, for instance because a film was erased in one of them or the common view was begun with other tolerances. Go through them at one computer. Nothing was changed."
    ),
    "led-guessed": N_(
        "Wrong codes were tried three times, so this computer waits no longer and nobody came in. Ask your partner, then wait anew."
    ),
    "led-nonsense": N_(
        "What came over the line was nothing that this program says, so the line was closed. What each has decided is kept in the own archive. Connect again."
    ),
    "led-not-open": N_("Together you can only look at codings that are both ready and open to both."),
    "led-not-there": N_(
        "Nobody waits at this address. See that your partner's screen says so, that both computers are in the same network, and that the firewall there lets this program through."
    ),
    "led-other-meeting": N_("Your partner has another meeting open. Open the same meeting at both, and try again."),
    "led-other-program": N_(
        "Your partner's program is of another version. Bring both to the same version. Nothing was changed."
    ),
    "led-same-worker": N_(
        "The same worker is signed in at both computers. Each of the pair signs in at one of them. Nothing was changed."
    ),
    "led-too-long": N_(
        "There is more to tell than the line takes at a time, so it was closed. What each has decided is kept in the own archive. Go through it at one computer."
    ),
    "led-wrong-code": N_(
        "The code was not right. A code is tried once: your partner's screen shows a new one. Type that."
    ),
    "differences-fixed": N_("The list of differing points stays as it was when the common view was begun."),
    "no-common-time": N_(
        "There is no time that both have coded, so there is nothing to make a common view of. Both codings are as they were."
    ),
    "not-all-decided": N_(
        "Some differing points are still undecided, or a reason is missing. The decisions made so far are saved. Decide the"
        " rest, then confirm."
    ),
    "not-both-confirmed": N_("The common view is ready when both have confirmed it. Nothing was changed."),
    "origin-missing": N_(
        "A part of the common view lacks its origin, so it was not confirmed. Nothing was changed. Both codings are safe."
    ),
    "approval-of-another": N_("An approval can only be given by the worker whose it is."),
    "approval-of-older-text": N_("The text was changed after it was approved. It needs to be approved anew."),
    "log-period-backward": N_("The period ends before it begins. Check the two days; nothing was made."),
    "log-period-to-come": N_("The period is still to come. Check the days; nothing was made."),
    "log-period-without-reason": N_(
        "Log data older than two years are given only for a reason. Write the reason, or let the period begin later. "
        "Nothing was made."
    ),
    "consent-ends-before": N_("The consent would end before it was given. Check the two days; nothing was recorded."),
    "consent-withdrawn-since": N_(
        "A consent on the form was withdrawn after the day on which the form was given. Ask anew, and write the day of"
        " the new consent. Nothing was recorded."
    ),
    "consent-without-giver": N_("Tick who gave the consent for the child, or write it down. Nothing was recorded yet."),
    "consent-without-purpose": N_("Tick what the form gives consent to. Nothing was recorded yet."),
    "own-task-name": N_("Give the task a name. Nothing was saved yet."),
    "own-task-age": N_("Tick for whom the task is. Nothing was saved yet."),
    "task-left-out": N_("This task is left out. Write why it is taken all the same; the plan was not changed."),
    "leaving-out-without-reason": N_("Write why the task is left out. Nothing was changed."),
    "template-name-missing": N_("Give the template a name. Nothing was saved yet."),
    "template-name-taken": N_("There is a template of that name. Give it another; nothing was saved."),
    "letterhead-exists": N_("This employer has a letterhead already. Edit that one; nothing was changed."),
    "logo-too-large": N_("The picture is too large for a logo. Save it smaller, at most 5 MB; nothing was changed."),
    "logo-unreadable": N_(
        "The picture cannot be read as a logo. Save it as PNG or JPEG with another program; nothing was changed."
    ),
    "photo-unreadable": N_(
        "The picture cannot be read. Save it as JPEG or PNG with another program; the original was left alone."
    ),
    "container-damaged": N_(
        "A film's file is damaged. Other films are safe. Fetch the film again from elsewhere, or restore it from a backup."
    ),
    "container-foreign": N_("This is not a film of this archive. Nothing was changed."),
    "container-key": N_("The film cannot be opened with this archive's key. Restore it from a backup of this archive."),
    "container-missing": N_(
        "The film's file is missing from the archive. Fetch it again from elsewhere, or restore it from a backup."
    ),
    "container-newer": N_("The film was stored with a newer version of the program. Update the program."),
    "container-truncated": N_(
        "The end of the film's file is missing. What is there can be rescued; restore it from a backup if you can."
    ),
    "child-said-no": N_("The child says no today, so there is no filming. It is all right."),
    "child-said-no-then": N_(
        "The child said no to this filming, so the film was not taken in. The original was left alone."
    ),
    "code-name-missing": N_("Write a code name first."),
    "code-name-taken": N_("Another case has this code name."),
    "code-name-says-name": N_(
        "This code name says the name of somebody of the case. It stands in file names and on screens that others see: "
        "choose a word that tells nothing."
    ),
    "name-in-code-name": N_(
        "The name was not kept: the case's code name says it, and that stands where others see it. Give the case another "
        "code name first, then write the name again."
    ),
    "consent-missing": N_(
        "Consents in force: {given} of {all}. So this was not done. See Consents in Clients; where one cannot be had, the "
        "controller decides."
    ),
    "evidence-closed": N_(
        "Nothing was written. The text rests on a film whose consents are not in force: take those sources out, or see "
        "Consents in Clients."
    ),
    "consent-withdrawn": N_("One of the filmed has withdrawn the consent to this, so it was not done."),
    "decision-without-ground": N_("Write who decided and on what ground. Nothing was recorded."),
    "cover-not-proven": N_(
        "The covered clip was not made: what was written was not exactly what was to be covered, so it was thrown away. "
        "The film and your covers are safe. Try again; a shorter clip may help."
    ),
    "cover-too-long": N_("A covered clip is at most ten minutes long. Choose a shorter moment; nothing was changed."),
    "content-draft-exists": N_("It is already being worked on. Open its draft, or delete the draft first."),
    "content-fixed": N_("What a coding or a piece of work uses never changes. Make a new version of it."),
    "copy-damaged": N_("The small copy of a film is damaged. The film itself is whole; the copy can be made anew."),
    "copy-failed": N_(
        "The small copy of a film could not be made. The film itself is safe and can be watched and coded; moving in it is only slower."
    ),
    "content-id-not-plain": N_("{place}: the id may only have small letters a to z, figures and hyphens."),
    "content-not-finished": N_("Something still lacks, so it was not published. What is missing is listed at the top."),
    "content-not-permitted": N_(
        "You may not use this content: it is not offered, its licence has ended, or you are not among those permitted."
    ),
    "content-other-kind": N_("The file holds something else than what is made here. Nothing was taken in."),
    "content-too-large": N_(
        "The file is far too large for a scheme, an instrument or a template. Nothing was taken in."
    ),
    "content-hidden-sign": N_(
        "Line {line}: the sign {sign} is not seen but turns or hides what stands beside it. Nothing was taken in: remove it."
    ),
    "content-unreadable": N_("The file cannot be read as UTF-8 text. Nothing was taken in."),
    "damaged": N_(
        "A part of the archive on the disk is damaged and could not be read. All else can be read as before, and nothing was "
        "changed. Keep the folder as it is; the page Rescue shows what is whole."
    ),
    "database-damaged": N_(
        "The archive's database is damaged and could not be opened whole. Nothing was changed. Keep the folder as it is; the "
        "page Rescue shows what can be read and which backups there are."
    ),
    "rescue-inside": N_(
        "A rescued archive cannot be made inside the damaged one. Choose another folder. Nothing was written."
    ),
    "database-missing": N_(
        "The archive's database is missing. Keep the folder as it is and restore the newest backup beside it."
    ),
    "film-end-lost": N_(
        "The disk did not take the end of the film. {kept} of it was read back and is safe; {lost} is missing from its end. "
        "Make room on the disk and check it before you film again."
    ),
    "archive-unreadable": N_(
        "The disk did not obey while the archive was opened. Nothing was changed. Check the cable and the disk and try "
        "again; if it stays so, choose Rescue a damaged archive: what can be read is saved to another disk."
    ),
    "backup-archive-unreadable": N_(
        "The archive's own disk does not give a part of the archive: it may be failing. No backup was made, and earlier "
        "ones are as they were. Lock the program and choose Rescue a damaged archive: what can be read is saved to "
        "another disk."
    ),
    "second-copy-refused": N_(
        "The second copy could not be finished on its disk and was removed. The film itself is kept. Check that disk "
        "before you film again."
    ),
    "disk-error": N_("The disk did not obey. What was saved is safe. Check the disk and try again."),
    "disk-full": N_(
        "The disk is full. The last step was not saved; everything before it is safe. Make room and try again."
    ),
    "example-not-open": N_("An example can be chosen from this film when both of its codings are ready."),
    "example-for-training": N_("The example of a code leaves for training only. Nothing was written."),
    "clip-apart": N_(
        "Somebody who is kept apart from this person is on the film, so the moment is not shown. Nothing was changed."
    ),
    "clip-coding-open": N_(
        "Somebody still codes this film alone. Its moments can be shown when both codings are ready; your choice is safe."
    ),
    "clip-film-gone": N_("The film of this moment was erased or is closed from use. The words written to it are safe."),
    "clip-hidden": N_("This moment is marked so that it must not be shown. The mark can be taken away on its card."),
    "clip-names-other": N_(
        "The words of this moment name somebody who is kept apart from this person. Write them otherwise, and show it then."
    ),
    "clip-other-now": N_(
        "The moment has other pictures now: its ends or its cameras were changed. Look at it as it is now."
    ),
    "clip-changed-meanwhile": N_(
        "The moment or its covers were changed while the file was made, so it was thrown away. Look at them and make it again."
    ),
    "clip-not-reviewed": N_(
        "Not all of this moment has been looked at yet, so it cannot leave. See what is left in its covers; nothing was made."
    ),
    "review-not-yours": N_(
        "Each one notes only what they have looked at themselves, and the cover as it is now. Nothing was changed."
    ),
    "clip-not-yours": N_("Another worker chose this moment. You can change it when both codings are ready."),
    "clip-without-picture": N_("A moment needs at least one picture of its film. Nothing was changed."),
    "basis-fixed": N_("A basis of an invoice stays as it was made. What was wrong is taken back on the next one."),
    "basis-number": N_("Another basis got this number meanwhile. Nothing was made; do it again."),
    "basis-twice": N_(
        "Some of this is on another basis already. Nothing was made; look at what is open and do it again."
    ),
    "price-amount": N_(
        "A price needs a customer, a service, an amount, days that follow each other, and a VAT rate or the ground for none. Nothing was changed."
    ),
    "price-twice": N_(
        "Another price of this service and customer holds on some of these days. End that one first. Nothing was changed."
    ),
    "hours-amount": N_(
        "These amounts cannot be: a day has 24 hours, nothing is less than none, and the partner is somebody else. Nothing was changed."
    ),
    "hours-correct-frozen": N_(
        "Only an own entry of a closed period is corrected by another one. An open entry can be edited itself."
    ),
    "hours-counted": N_(
        "These days are in closed statistics, so hours on them change no more. Write it on a later day. Nothing was changed."
    ),
    "statistics-closed": N_("Closed statistics stay as they were counted. Nothing was changed."),
    "statistics-days": N_(
        "Somebody closed statistics of these days meanwhile. Nothing was closed; look at them again."
    ),
    "statistics-changed": N_(
        "Hours of these days were written while they were counted. Nothing was closed; close them again."
    ),
    "statistics-open": N_(
        "Nothing of this year is closed yet, so nothing may leave. Close its statistics first; nothing was saved."
    ),
    "hours-frozen": N_(
        "These days are in a closed period, so they stay as they are. Write a correction on an open day. Nothing was changed."
    ),
    "hours-not-confirmed": N_(
        "Not everything is confirmed yet: the worker confirms first, then the partner. Nothing was changed."
    ),
    "hours-not-yours": N_("These hours are another worker's. Nothing was changed."),
    "hours-of-partner": N_("The partner confirms with their own sign-in. Nothing was changed."),
    "talk-was-held": N_("Something was shown or said in this talk, so it stays. Nothing was changed."),
    "example-without-length": N_("The example must end after it starts. Nothing was changed."),
    "file-busy": N_("Another program holds a file of the archive. Close it and try again; nothing was changed."),
    "film": N_("The film could not be read. The original was left alone."),
    "again-differs": N_(
        "It is not the same film all through: from {from_time} to {to_time} it shows something else, or something is cut "
        "out. Nothing was changed. Choose the original, or a copy that is whole."
    ),
    "again-joined-otherwise": N_(
        "These are the files of this film, but they could not be joined as before. Nothing was changed. Restore the film "
        "from a backup."
    ),
    "again-not-needed": N_("This film is here and whole, so nothing was fetched."),
    "again-nothing-left": N_(
        "Nothing is left of this film to compare another one with, so only the original file will do: the very one that "
        "was taken in. Nothing was changed."
    ),
    "again-other-film": N_("That is another film of this archive. Nothing was changed."),
    "again-other-pictures": N_("That is not the same film: its pictures are others. Nothing was changed."),
    "again-several": N_("Choose one file, or exactly the files from which this film was joined. Nothing was changed."),
    "again-unsure": N_(
        "So little moves in this film that it cannot be told how the two lie to each other. Nothing was changed. Choose "
        "the original file."
    ),
    "film-clock-restarts": N_(
        "The clock of this film begins anew in the middle of it, so pictures of its later part would be shown at wrong "
        "times. It was not taken in; the original was left alone. If the file is a later piece of a recording, take it in "
        "together with the pieces before it. Otherwise save it as MP4 with another program, or take in its parts one "
        "after the other."
    ),
    "film-closed": N_("This film is closed from use and waits for its erasure. Nothing was fetched."),
    "film-copies-of-other": N_("Small copies of the earlier film would have stayed. Nothing was changed; try again."),
    "film-erased-stays": N_(
        "This film was erased on purpose, so it does not come back. The file can only be taken in as a new film."
    ),
    "film-here-already": N_(
        "This film is in this meeting already, as camera {camera}. Nothing was copied. If its file is missing, fetch it "
        "again on its own line."
    ),
    "film-in-other-meeting": N_("This film is in another meeting of the archive already ({day}). Nothing was copied."),
    "film-replaced-unsaid": N_("A film cannot be changed for another without saying so. Nothing was changed."),
    "film-was-erased": N_(
        "This film was in the archive and was erased {day}. Nothing was copied. Taken in now, it would be a new film."
    ),
    "film-damaged": N_(
        "The film is too damaged to be read, so it was not taken in. The original was left alone. If it is a copy, copy it "
        "anew from the camera; if it lies on the camera's card, keep the card as it is."
    ),
    "film-dangerous": N_(
        "Checking this film failed badly, so it was not taken in. The program and the archive are safe. Save it as MP4 "
        "with another program and take that in."
    ),
    "film-empty": N_(
        "There is nothing in this file. If it is a copy, copy it anew from the camera; if the camera's card has it so, "
        "nothing was filmed into it."
    ),
    "film-headless": N_(
        "The beginning of this file is empty, so it cannot be opened as it is, and copying it anew does not help. Pictures "
        "may still lie behind it. The original was left alone."
    ),
    "film-headless-piece": N_(
        "The beginning of this file is empty, and the piece before it on the disc, {piece_before}, is not with it. Copy all "
        "pieces from {first_piece} on from the disc into one folder and take them in together. Pictures may still lie "
        "behind the empty beginning. The original was left alone."
    ),
    "film-missing": N_("The film's file was not found. Check that the card or disk is still connected."),
    "film-no-picture": N_("The file has sound but no picture. Nothing was changed; choose the film itself."),
    "film-not-a-film": N_(
        "This file is not a film that can be opened. The original was left alone. If it plays in another program, save it "
        "as MP4 there."
    ),
    "film-not-written": N_("The example film could not be written. Check that there is room on the disk."),
    "film-piece-missing": N_(
        "This file is a later piece of a recording on a disc, and the piece before it, {piece_before}, is not with it. A "
        "picture may lie half in the one and half in the other, so it was not taken in; the original was left alone. Copy "
        "all pieces from {first_piece} on from the disc into one folder and take them in together."
    ),
    "film-playlist": N_("This file is a list of other files, not a film. Choose the film itself."),
    "film-too-large": N_(
        "The pictures of this film are larger than the program can handle. The original was left alone. Save it with "
        "smaller pictures with another program."
    ),
    "film-too-slow": N_(
        "Checking this film took far too long, so it was stopped. The original was left alone. Save it as MP4 with another "
        "program and take that in."
    ),
    "film-unknown-codec": N_(
        "The film is packed in a way that the program does not know. The original was left alone. Save it as MP4 with "
        "another program."
    ),
    "film-unfinished": N_(
        "The camera never finished this film: it stopped before it wrote where its pictures are, as when the battery runs "
        "out. Copying it anew does not help, but pictures may be in it. The original was left alone."
    ),
    "film-unfinished-full": N_(
        "This film was never finished: it is as long as a file on the card can be, 4 GB. The camera likely went on in a "
        "next file; take that in as well. Pictures may be in this one, too. The original was left alone."
    ),
    "film-without-times": N_(
        "This film does not say when its pictures are shown, so a wrong one could be coded. Save it as MP4 with another "
        "program; the original was left alone."
    ),
    "folder-missing": N_("The folder is not there. Check the disk and choose the folder again."),
    "in-use": N_("The archive is open in another window of the program. Close it there first; nothing was changed."),
    "index-damaged": N_("The film's list of pictures is damaged. The film itself is safe. Take it in again."),
    "kdf-absurd": N_(
        "The key file asks for something no real archive asks for, so it was not opened. Restore the key file from a backup."
    ),
    "join-lost": N_(
        "The joined film did not have every picture of its files, so it was not kept. The originals were left alone; "
        "take the files in one by one."
    ),
    "join-unlike": N_(
        "These files are not of one recording: their size, turn or sound differ. Take them in as films of their own."
    ),
    "form-fixed": N_("The photograph of a form stays as it was taken in. Take it in anew; nothing was changed."),
    "key-file-damaged": N_(
        "The archive's key file is damaged. The films and the database are untouched. Restore the key file from a backup."
    ),
    "key-file-foreign": N_("This folder's key file belongs to something else. Nothing was changed."),
    "key-file-missing": N_("There is no archive in this folder: its key file is missing. Nothing was changed."),
    "key-file-stale": N_("The key file changed meanwhile. Lock the program, open it again and repeat."),
    "licence-holder-missing": N_("The rights holder is missing."),
    "licence-number-missing": N_("The licence's number is missing."),
    "licensed-file-wrong": N_("The file was not taken in. Nothing was changed."),
    "licensed-not-toml": N_("this is no TOML: a sign, a quote or a bracket is missing or too much."),
    "licensed-key": N_("the key may have small letters, figures and hyphens only."),
    "licensed-task-id": N_("{place}: the id is one to three letters and a number, such as A12: it may hold no words."),
    "licensed-weights": N_("{place}: one weight for each dimension, from 1 to {most}."),
    "licensed-empty": N_("there is neither a task nor an instrument in it."),
    "licensed-version-differs": N_(
        "Version {version} of this package is here already, with other words. Nothing was changed. Give the file a new version."
    ),
    "licensed-older": N_("Version {version} of this package is here already. Nothing was changed."),
    "licensed-form-differs": N_(
        "There is another instrument {form} here, or its version {version} says something else. Nothing was taken in. Give "
        "the form in the file another id or a new version."
    ),
    "licensed-fixed": N_("What was taken in stays as it is. Nothing was changed. Take in the file as a new version."),
    "licensed-in-use": N_("A plan has tasks of this package, so it stays here for its record. Nothing was changed."),
    "licensed-not-here": N_("The words of this licensed task are not in this archive, so it was not planned."),
    "licensed-not-offered": N_(
        "This licensed task cannot be planned: its licence has ended by the day of the meeting, it was put aside, or you are "
        "not among those permitted. The plan was not changed."
    ),
    "licensed-not-printed": N_(
        "No card was printed: the licence has ended, or its words are not here or not permitted to you. The meeting keeps its "
        "record."
    ),
    "task-people-not-there": N_("Only who comes to the meeting can do its tasks or have a seat. Nothing was changed."),
    "task-without-people": N_("Somebody must do the task. Nothing was changed."),
    "licensed-stays": N_("Licensed content belongs to its rights holder, so it is not saved as a file."),
    "locked": N_("The archive is locked or busy. Open it again; what was saved is safe."),
    "moved": N_("A thing cannot be moved to another case or coding. Nothing was changed."),
    "network-folder": N_(
        "A network drive can lose data while you work. Choose a folder on this computer's own disk; backups may go to the network."
    ),
    "no-camera": N_(
        "No camera gives a picture, so filming did not begin. Check the cable and choose the camera again."
    ),
    "no-pictures": N_("No picture came from the camera, so there is no film. Check the camera and try again."),
    "no-space": N_("There is not enough room on the disk for this film. Make room and try again; nothing was changed."),
    "not-allowed": N_("This cannot be done with this sign-in. Nothing was changed."),
    "awaits-partners-key": N_(
        "Both codings are ready. The partner's was coded on another computer, and opens when their key is taken in here."
    ),
    "awaits-sign-in": N_(
        "Both codings are ready. The one that was ready first opens when its coder signs in the next time."
    ),
    "not-covered": N_(
        "A coding is ready when every task that was to be coded is declared covered. Nothing was changed; cover the "
        "tasks that are left, or choose fewer of them."
    ),
    "nothing-waited": N_("Nothing waited to be opened. Look whether both codings are still marked as ready."),
    "not-both-ready": N_("The codings are compared when both are marked as ready."),
    "pair-not-ready": N_("A common view or a second reading begins when both codings are marked as ready."),
    "not-empty": N_("The folder is not empty. Choose an empty folder or a new name; nothing was changed."),
    "not-encrypted": N_(
        "The encrypted database is not available on this computer, so nothing was opened. Install the program again."
    ),
    "not-enough-memory": N_("There is not enough free memory to open the archive. Close other programs and try again."),
    "not-found": N_("It is not here, or not yours to see yet."),
    "not-whole": N_("The archive is not whole: {what}. Keep it as it is and restore the newest backup beside it."),
    "not-whole-where": N_("The archive is not whole: {where}. Restore the newest backup beside it."),
    "passphrase-missing": N_("Give the passphrase with --passphrase-file or in HAVAINTO_PASSPHRASE."),
    "passphrase-weak": N_("The passphrase is too easy to guess. Take at least five words; nothing was changed."),
    "passphrase-unreadable": N_("The passphrase file cannot be read as text."),
    "picture-not-written": N_("The picture could not be written there. Check the folder and the room on the disk."),
    "read-only": N_(
        "Nothing can be written in this folder. Choose another, or ask for the right to write; nothing was changed."
    ),
    "recovery-code-mistyped": N_("The recovery code has a typing mistake. Check it letter by letter."),
    "rescue-running": N_("Films of an earlier filming are just being rescued. Try again in a moment."),
    "scheme-child-with-mark": N_("{place}: a child's code carries no kind of mark."),
    "scheme-color-faint": N_("{place}: {value} is too faint: a mark needs a contrast of at least 3 to 1."),
    "scheme-color-missing": N_("{place}: a color is needed for both palettes, or for neither."),
    "scheme-color-unreadable": N_("{place}: {value} is not a color. Write it as #rrggbb."),
    "scheme-field-missing": N_("{place}: the field {field} is missing."),
    "scheme-field-unknown": N_("{place}: the field {field} is not known."),
    "scheme-group-mixed": N_("{place}: codes of one group must be of one person and one pass; {other} is of another."),
    "scheme-hold-in-exhaustive": N_(
        "{place}: in a group where one is always on, a key cannot be held: it would leave a gap."
    ),
    "scheme-hold-point": N_("{place}: only a state can be held."),
    "scheme-id-not-plain": N_("{place}: the id may only have the letters A to Z and figures."),
    "scheme-key-clash": N_("{place}: the key {value} is already that of {other}."),
    "scheme-key-missing": N_("{place}: the key is missing."),
    "scheme-key-not-one": N_("{place}: {value} is not one letter, figure or sign."),
    "scheme-key-reserved": N_("{place}: the key {value} belongs to the program."),
    "scheme-language-missing": N_("{place}: still to write: {texts}."),
    "scheme-not-a-table": N_("{place}: here a table is expected."),
    "scheme-not-toml": N_("The scheme file cannot be read: {place}."),
    "scheme-pass-key": N_("{place}: the key of a pass is one of F2 to F12."),
    "scheme-point-in-group": N_("{place}: a point event cannot be in an exclusive group."),
    "scheme-scale-ends": N_("{place}: the points of the scale must lie evenly, from the lowest to the highest."),
    "scheme-scale-long": N_("{place}: a scale has at most {most} points."),
    "scheme-too-small": N_("{place}: {field} must be at least {least}."),
    "scheme-twice": N_("{place}: {value} is there twice."),
    "scheme-value-unknown": N_("{place}: {value} is not a known {field}."),
    "scheme-wrong-kind": N_("{place}: the field {field} has a value of the wrong kind."),
    "fingerprint-differs": N_(
        "The digits are not those of this key, so it was not taken into use. Ask your partner to read them again from their "
        "own screen. If they still differ, the key came on its way from somebody else."
    ),
    "content-licensed": N_(
        "What this meeting is coded or rated with is licensed and may not leave this archive. Nothing was handed over. Choose "
        "another scheme before anybody begins."
    ),
    "coding-changed": N_(
        "The partner has sent another coding of this meeting after your key was made or theirs was opened. It was not taken "
        "in: what was sent first stays. Agree with your partner which of the two counts."
    ),
    "coding-changed-here": N_(
        "The coding is not what was sent before, so the file was not made again. While nothing of your partner's came you can "
        "withdraw what was sent, and send the coding anew."
    ),
    "coding-file-gone": N_(
        "The file of your partner's coding is not in this archive's folder any more. Take in your partner's coding again and "
        "then the key; nothing was changed."
    ),
    "coding-film-differs": N_(
        "The two codings rest on different films, or on films placed differently in time, so the coding was not taken in or "
        "sent. Whoever has the right films hands the meeting over again."
    ),
    "coding-meeting-unknown": N_(
        "This is about a meeting that you do not code with this partner in this archive. Take in the meeting's package first; "
        "nothing was changed."
    ),
    "coding-not-ready": N_(
        "Your coding of this meeting is not ready yet, so nothing was sent. Mark it as ready first."
    ),
    "coding-not-sent": N_("Your coding of this meeting was not sent yet. Send it first; nothing was changed."),
    "coding-scheme-differs": N_(
        "The two codings were made with different schemes or rating forms, or in different versions of them, so they cannot be "
        "compared. Nothing was taken in or sent. Agree which one counts and hand the meeting over again."
    ),
    "coding-sent": N_(
        "The coding was sent to your partner, so ready cannot be taken back as it is. While nothing of your partner's came "
        "you can first withdraw what was sent."
    ),
    "coding-tasks-differ": N_(
        "The tasks are marked differently on the film here and at your partner's, so the two codings are not about the same "
        "stretches. Nothing was taken in or sent. Whoever marked them right hands the meeting over again."
    ),
    "coding-unfit": N_(
        "Your partner's coding has codes, items or tasks that this meeting does not have here, so it was not opened. It stays "
        "shut and whole. Ask your partner to hand the meeting over again."
    ),
    "key-before-coding": N_(
        "Your key is made when your partner's coding has been taken in: neither can read before both have sent. Nothing was "
        "made."
    ),
    "key-does-not-fit": N_(
        "The key does not open the coding that your partner sent, or opens another than was promised. Nothing was opened. Ask "
        "your partner for the coding and the key again."
    ),
    "key-for-other-coding": N_(
        "The key was made for another coding of yours than the one that is sent from here now. Nothing was opened. Agree with "
        "your partner which coding counts."
    ),
    "key-of-other-coding": N_(
        "The key belongs to another coding file than the one that was taken in. Nothing was opened. Ask your partner for the "
        "newest coding and its key."
    ),
    "key-without-coding": N_(
        "The key came before the coding that it opens. Take in your partner's coding first and then the key again; nothing "
        "was changed."
    ),
    "package-damaged": N_(
        "The package was changed or damaged on its way, so nothing of it was taken in. Ask your partner for it again."
    ),
    "package-film-differs": N_(
        "A film of the package (camera {camera}) is not the one that was handed over: it was changed or cut short on its way. "
        "Nothing was taken in. Copy the whole folder again."
    ),
    "package-film-missing": N_(
        "A film of the package is missing from its folder. Nothing was taken in. Copy the whole folder again."
    ),
    "package-foreign": N_(
        "This is nothing that a partner sends with Havainto: no package, coding or key. Choose the package's own folder or "
        "the partner's file; nothing was changed."
    ),
    "package-key-useless": N_(
        "The partner's key cannot be sealed for. Ask for their key again and make sure of it by phone. Nothing was handed over."
    ),
    "package-meeting-own": N_(
        "This meeting is in this archive already and did not come from this partner. Nothing was changed, so that no work of "
        "yours is overwritten."
    ),
    "package-missing": N_(
        "There is nothing here that a partner sent: no package, coding or key. Choose the package's own folder, the "
        "partner's file, or the folder that they lie in; nothing was changed."
    ),
    "package-newer": N_(
        "The package was made by a newer version of the program. Nothing was taken in. Update the program on this computer."
    ),
    "package-no-film": N_("The meeting has no film that may be used, so nothing was handed over."),
    "package-no-key": N_(
        "You have no key of this meeting's partner. Exchange keys first: Settings, Partners on other computers. Nothing was "
        "handed over."
    ),
    "package-no-room": N_(
        "There is too little room on the disk for the package's films. Make room and try again; nothing was changed."
    ),
    "package-not-for-you": N_(
        "The package is sealed for another key than yours, so it does not open here. Ask your partner to make it for the key "
        "that your settings show now."
    ),
    "package-not-written": N_(
        "The package could not be written there, so none was made. Check the folder or the stick, or choose another place."
    ),
    "package-not-yours": N_("Only the two who code a meeting can hand it over to each other."),
    "package-scheme-differs": N_(
        "The package's scheme or instrument has the same name and version {version} as one here, but another content. Nothing "
        "was taken in. Agree which of the two is right, and publish it as a new version."
    ),
    "package-scheme-unreadable": N_(
        "The package's scheme or instrument (version {version}) is of a newer program and cannot be read here. Nothing was "
        "taken in. Update the program on this computer."
    ),
    "package-unknown-sender": N_(
        "You have not made sure of the key of whoever sealed this package, so it was not taken in. If your partner has a new "
        "key, compare its digits by phone first: Settings, Partners on other computers."
    ),
    "package-unreadable": N_(
        "A film of the package could not be read. Check the stick or the disk and try again; no row was changed."
    ),
    "partner-key-fixed": N_(
        "A partner's key stays as it was made sure of. Take another key into use instead; nothing was changed."
    ),
    "partner-key-known": N_("This key is in use already. Nothing was changed."),
    "partner-key-not-yours": N_("Each worker makes sure of a partner's key alone. Nothing was changed."),
    "meeting-unknown": N_("Say which meeting by its day. The case has meetings on these days: {days}."),
    "partner-names-many": N_(
        "Two partners are called so. Change the key in the settings, where they can be told apart."
    ),
    "partner-name-missing": N_("Write whose key it is. Nothing was changed."),
    "receiving-key-missing": N_(
        "There is no receiving key in it. A key begins with age1 and has 62 characters. Ask for it again; nothing was changed."
    ),
    "receiving-key-mistyped": N_(
        "A character of the key is wrong, so nobody could open what is sealed for it. Ask for it again."
    ),
    "receiving-key-own": N_("This is your own receiving key. Ask your partner for theirs; nothing was changed."),
    "receiving-keys-many": N_("There is more than one key in it. Give one at a time; nothing was changed."),
    "schemes-differ": N_("The two codings were made with different schemes, so no agreement can be counted."),
    "slot-exists": N_("Somebody with that name can already sign in. Choose another name."),
    "slot-last": N_("The last sign-in cannot be removed: nobody could open the archive."),
    "slot-unknown": N_("Nobody with that name can sign in to this archive."),
    "no-sound": N_("One of the films has no sound, so they cannot be matched by it. Mark a clap in both instead."),
    "sounds-repeat": N_(
        "The same sound comes again and again, so the place could not be told. Mark a clap in both films instead."
    ),
    "sounds-unrelated": N_(
        "The films do not have the same sound anywhere. Check that both are of this meeting, or mark a clap in both."
    ),
    "source-changed": N_(
        "The film changed while it was copied, so it was not taken in. The original was left alone; try again."
    ),
    "source-unreadable": N_("The film's file can no longer be read. Check the card or the disk and try again."),
    "stale-change": N_("This changed elsewhere meanwhile, so the step was not taken. Nothing was lost; look again."),
    "state-without-length": N_("A state must end after it starts. Nothing was changed."),
    "statement-final": N_("This version is final and no longer changes. Make a new version."),
    "statement-missing": N_("The case has no statement yet."),
    "still-being-filmed": N_("This meeting is being filmed. It can be coded when its films are finished."),
    "store": N_("The archive refused. What was saved is safe. Try again."),
    "archive": N_("The archive could not be opened. Nothing was changed."),
    "backup": N_("The backup did not succeed. The archive is safe. Try again."),
    "container": N_("A film could not be opened. Other films are safe."),
    "package": N_("The package was not made or taken in. The archive is as it was. Try again."),
    "input": N_("The file or field does not say what it must. Nothing was changed."),
    "sync-folder": N_(
        "A synchronized folder can damage an archive in use. Choose a folder outside it; backups may go there."
    ),
    "target-gone": N_("The backup disk disappeared meanwhile. The archive is safe. Connect the disk and try again."),
    "target-inside": N_("A backup cannot lie inside the archive. Choose another folder, best on another disk."),
    "target-missing": N_("The backup folder is not there. Connect the disk or choose another folder."),
    "user-missing": N_("Several can sign in to this archive: {names}. Name one with --user."),
    "work-damaged": N_(
        "The program ended without being locked, and a part of its newest work was damaged on the disk: what was done "
        "after {when} may be missing. What came before is safe. Look at what you did last and do again what is missing."
    ),
    "worker-name-missing": N_("Write the worker's name first. Nothing was changed."),
    "wrong-passphrase": N_("The passphrase is not right. Check Caps Lock and try again; nothing was changed."),
    "table-unreadable": N_(
        "File {table} cannot be read. Check its name and that you may open it. Nothing was changed."
    ),
    "table-too-large": N_(
        "File {table} is larger than a table of codings is: at most {most} rows are read. Nothing was counted."
    ),
    "table-not-text": N_("File {table} is not UTF-8 text. Save it as CSV in UTF-8 and try again."),
    "table-empty": N_("File {table} is empty. Its first line must name the columns {header}."),
    "signed-file-unreadable": N_(
        "This file is no PDF that can be read, so nothing can be said of its signatures. It was left as it is."
    ),
    "signed-file-changed": N_(
        "The file was changed after it was signed: this is so of signature {which}. It is not what was signed. Ask for the file again, or hold it against the archive's."
    ),
    "signing": N_("Nothing was signed. The final version is as it was. Please try again."),
    "signing-not-final": N_("Only a final version is signed. Nothing was changed."),
    "signing-superseded": N_(
        "A newer version holds in place of this one, so it is not signed any more. Sign the newer one."
    ),
    "signing-not-a-signer": N_(
        "You are not one of those who sign this version. Whoever signs does so with an own sign-in. Nothing was changed."
    ),
    "pages-unfit": N_(
        "The finished pages lack something that an archive or a screen reader needs ({lacks}), so they were not kept and "
        "the statement is not final. What was written is safe. Please send a problem report."
    ),
    "delivery-stays": N_(
        "A delivery stays as it was noted. If it is a mistake, strike it and say why. Nothing was changed."
    ),
    "delivery-unsaid": N_("It is not said who received it. Nothing was noted."),
    "delivery-other-file": N_(
        "What was handed over is not the file as the archive has it now. Open the statement again. Nothing was noted."
    ),
    "delivery-day": N_("The day of a delivery is between the day of the final version and today. Nothing was noted."),
    "delivery-no-passphrase": N_(
        "The passphrase is too short to keep the file. Let the program make one, or write a longer one."
    ),
    "not-delivered": N_("Nobody has received the original yet. Nothing was changed."),
    "copy-of-draft": N_(
        "A redacted copy is made of a final version. Make the statement final first. Nothing was changed."
    ),
    "copy-stays": N_("A finished copy stays as it was made, with its marks. Begin a new one. Nothing was changed."),
    "copy-of-other-marks": N_("The marks changed while the copy was made, so it was not kept. Make it again."),
    "copy-covers-nothing": N_("Nothing is covered yet. Cover at least one passage or word, or give the original."),
    "copy-no-reader": N_("It is not said for whom the copy is. Choose the reader first. Nothing was made."),
    "delivery-kept-apart": N_(
        "The recipient must not meet somebody whom the document is about. Nothing was written or noted. Make a redacted copy "
        "for this reader, and deliver that."
    ),
    "copy-names-kept-apart": N_(
        "The copy still names somebody whom its reader must not meet, so it was not made. Press *Propose* to cover all such "
        "passages, or cover the name everywhere."
    ),
    "copy-tells-place": N_(
        "The copy still tells a place that may not be told now, so it was not made. Press *Propose* to cover all such places."
    ),
    "copy-tells-hidden": N_(
        "The finished copy was searched, and covered words were found in it ({hidden}). It was not kept. Cover these words "
        "everywhere they stand and make the copy again."
    ),
    "copy-has-earlier": N_(
        "The finished copy holds an earlier revision of itself, so it was not kept. Nothing was changed."
    ),
    "copy-unreadable": N_("The finished copy could not be read again, so it was not kept. Nothing was changed."),
    "signing-done": N_("This place is signed already. Nothing was changed."),
    "signature-stays": N_(
        "A signature stays as it was made. What is to be corrected comes in a new version. Nothing was changed."
    ),
    "signature-of-another": N_(
        "Each signs with an own sign-in, and notes what they know themselves. Nothing was changed."
    ),
    "signing-another-first": N_(
        "Your work partner signed just now. Nothing of yours was signed: sign again, and your signature comes after theirs."
    ),
    "signing-not-all": N_("A version is signed when everybody has signed who has a place on it. Nothing was changed."),
    "signing-day": N_(
        "A signature on paper is of a day between the version becoming final and today. Nothing was noted: check the day."
    ),
    "signing-no-field": N_(
        "This version became final before the program had a place for electronic signatures. It can be signed on paper, or a new version made. Nothing was changed."
    ),
    "signing-not-whole": N_(
        "The signed file did not pass its check and was thrown away. The final version is as it was. Try again; if it happens again, sign on paper."
    ),
    "signing-expired": N_(
        "The certificate expired on {day}. Nothing was signed. Get a new card or certificate, or sign on paper."
    ),
    "signing-not-yet": N_(
        "The certificate is in force from {day} only. Nothing was signed. Check that the computer's date is right."
    ),
    "signing-not-for-signing": N_(
        "This certificate is not for signing documents. A card has another one for that. Nothing was signed: choose the one for signing."
    ),
    "signing-key-kind": N_(
        "The program cannot sign with a key of this kind. Nothing was signed. Use another card or certificate."
    ),
    "signing-certificate": N_("The certificate cannot be read. Nothing was signed. Use another card or certificate."),
    "signing-other-name": N_("The certificate is in another name than yours. Nothing was signed."),
    "signing-issuers": N_(
        "The file of issuers in the settings has no certificates in it. Nothing was signed. Choose another file in Settings, Signing, or leave it out."
    ),
    "signing-service": N_(
        "The time stamp or revocation service did not answer as it must. Nothing was signed. Check the network and try again, or sign without a time stamp."
    ),
    "signing-file-dear": N_(
        "This key's file asks for so much work with each passphrase that the program would stand still. Nothing was signed. Ask "
        "whoever made the file for a new one."
    ),
    "signing-file": N_("This is no file with a key (PKCS#12). Its name ends in .p12 or .pfx. Nothing was signed."),
    "signing-file-unreadable": N_(
        "The file with the key cannot be read. Nothing was signed. If it is on a memory stick, put the stick back."
    ),
    "signing-passphrase": N_(
        "The passphrase does not open this file. Nothing was signed. Try again: wrong tries lock nothing. Check Caps Lock."
    ),
    "signing-file-no-key": N_("The file has no key with a certificate in it. Nothing was signed. Choose another file."),
    "card-no-driver": N_(
        "No driver for cards was found on this computer. Install the card software that came with the card, or choose its driver in Settings, Signing."
    ),
    "card-driver-silent": N_(
        "The card's driver did not answer in time. Nothing was signed. Take the card out, put it in again and search anew."
    ),
    "card-driver-bad": N_(
        "The driver that was chosen is no driver for cards that works on this computer. Nothing was signed. Choose another in Settings, Signing."
    ),
    "card-no-reader": N_("No card reader is plugged in. Plug it in and search again."),
    "card-none": N_("There is no card in the reader. Put it in with the chip first and search again."),
    "card-no-certificate": N_("The card has no certificate for signing documents. Check that it is the right card."),
    "card-no-key": N_(
        "The card does not find its key for this certificate. Nothing was signed. Search for the card again."
    ),
    "card-pin-wrong": N_(
        "The PIN is wrong. Nothing was signed. The card does not say how many tries are left, and a few wrong ones lock it. For signing there is often a PIN of its own."
    ),
    "card-pin-more": N_(
        "The PIN is wrong. Nothing was signed. More than one try is left. For signing there is often a PIN of its own."
    ),
    "card-pin-last": N_(
        "The PIN is wrong, and one try is left: another wrong one locks the card. Nothing was signed. Look the PIN up first."
    ),
    "card-pin-locked": N_(
        "The card's PIN is locked after too many wrong tries. Nothing was signed. It is unlocked with the card's own code in the card software; or sign on paper."
    ),
    "card-pin-length": N_(
        "The PIN is too short or too long for this card, or has other signs than it takes. Nothing was signed."
    ),
    "card-pin-expired": N_("The card's PIN has to be changed first. Do that in the card software. Nothing was signed."),
    "card-pin-new": N_("The card has no PIN for signing yet. Make one in the card software. Nothing was signed."),
    "card-taken-out": N_(
        "The card was taken out before it had signed. Nothing was signed. Put it back, search again and sign anew."
    ),
    "card-cancelled": N_("Signing was cancelled at the card reader. Nothing was signed."),
    "card-failed": N_(
        "The card or its driver refused to sign. Nothing was signed. Take the card out, put it in again and try anew."
    ),
    "table-header": N_("File {table}, line {line}: the columns must be {header}, each once."),
    "table-cells": N_("File {table}, line {line}: {found} cells, but the first line names {expected} columns."),
    "table-row": N_("File {table}, line {line}: this line cannot be read as a row of a table."),
    "table-cell-empty": N_("File {table}, line {line}, column {column}: the cell is empty."),
    "table-number": N_("File {table}, line {line}, column {column}: this is not a number."),
    "table-person": N_("File {table}, line {line}, column {column}: the person must be one of {allowed}."),
    "table-order": N_("File {table}, line {line}, column {column}: the end is before the start."),
    "table-scale": N_(
        "File {table}, line {line}, column {column}: the value must be a whole number from {low} to {high}."
    ),
    "table-observers": N_(
        "File {table}, line {line}, column {column}: the table holds more than one observer or observation, and they would be added together. Export each to a file of its own."
    ),
    "table-boris": N_(
        "File {table} is an export of BORIS. Name its columns {header} (subject, behavior, start and stop), one observation a file."
    ),
    "table-twice": N_("File {table}, line {line}, column {column}: this target already has a value in this file."),
    "agreement-tables": N_(
        "Give two observation tables with --from and --to, or two or more tables after --ratings with --scale."
    ),
    "agreement-codes": N_(
        "The two tables name more than {most} different codes. Check that the column named code holds codes."
    ),
    "agreement-window": N_("The window must end after it starts and be no longer than 24 hours."),
    "agreement-unit": N_("The time unit must be from 0.1 to 5 seconds."),
    "agreement-tolerance": N_("A tolerance cannot be less than 0."),
    "agreement-tolerance-wide": N_(
        "A tolerance of {given} s is more than this much time can bear ({most} s): it would pair what does not belong together. Give it in seconds."
    ),
    "service-unknown": N_("The service {service} is not known to this version of the program. Nothing was changed."),
    "scheme-unreadable": N_("The scheme is none of the program's own ({known}) and no scheme file that can be read."),
}


#: parts of an archive or backup, by what the keys of their troubles begin with
PARTS: dict[str, str] = {
    "database": N_("database"),
    "audit": N_("access log"),
    "container": N_("film"),
    "film": N_("film"),
    "coding-file": N_("a coding's file"),
    "consent-form": N_("the photograph of a consent form"),
    "final-statement": N_("a final statement's pages"),
    "signed-file": N_("a signed statement's file"),
    "redacted-copy": N_("a redacted copy"),
    "manifest": N_("the backup's list of contents"),
    "key-file": N_("key file"),
}


def parts_in_words(texts: Texts, problems: str) -> str:
    """Which parts are not whole, each once: from keys such as `audit-changed:12, film-missing`."""
    found = []
    for problem in problems.split(", "):
        known = next((words for start, words in PARTS.items() if problem.startswith(start)), None)
        found.append(texts.tr(known) if known else problem)
    return ", ".join(dict.fromkeys(found))


#: what finished pages may lack
LACKING: dict[str, str] = {
    "tags": N_("the order in which it is read"),
    "figure-unsaid": N_("the words of a figure"),
    "order": N_("the order of headings or pages"),
    "language": N_("the language"),
    "title": N_("the title"),
    "about": N_("what the file tells of itself"),
    "fonts": N_("a font"),
    "color": N_("the colors"),
    "scripts": N_("nothing but text and pictures: there is a script"),
    "revisions": N_("being one whole: an earlier revision is in it"),
    "unreadable": N_("being readable"),
}


def lacking_in_words(texts: Texts, keys: str) -> str:
    """What is lacking, each once, from keys such as `tags, fonts`."""
    known = ((key, LACKING.get(key.removesuffix("-unknown"))) for key in keys.split(", "))
    return ", ".join(dict.fromkeys(texts.tr(words) if words else key for key, words in known))


#: where in a finished copy covered words were found
HIDDEN_IN: dict[str, str] = {
    "page": N_("on a page"),
    "read-aloud": N_("in what is read aloud"),
    "outline": N_("in the outline"),
    "about": N_("in what the file tells of itself"),
    "attached": N_("in an attached file"),
    "field": N_("in a form field or note"),
    "left-over": N_("in what no page shows"),
}


def hidden_in_words(texts: Texts, places: str) -> str:
    """Where it was found, from keys such as `page, outline`."""
    found = ((place, HIDDEN_IN.get(place)) for place in places.split(", "))
    return ", ".join(texts.tr(words) if words else place for place, words in found)


#: what the texts of a scheme or instrument are called
UNWRITTEN: dict[str, str] = {
    "name": N_("name"),
    "code_when": N_("code when"),
    "not_when": N_("not when"),
    "help": N_("more about it"),
    "disclaimer": N_("what it is and is not"),
    "no_occasion": N_("no occasion to observe"),
    "about": N_("what it is about"),
    "rights": N_("whose the name is"),
    "name_unproven": N_("the name without proof of training"),
    "naming": N_("what a worker is told of the name"),
    "opening": N_("opening words"),
    "closing": N_("closing words"),
    "title": N_("title"),
}


def unwritten_in_words(texts: Texts, fields: str) -> str:
    """Which texts are not written yet: from `name.sv code_when.sv`, or without languages where there is but one."""
    languages: dict[str, list[str]] = {}
    for field in fields.split(" "):
        *_, name, last = ("", *field.split("."))
        word, language = (last, "") if last in UNWRITTEN else (name, last)
        if field.startswith("modifiers."):
            words = texts.tr("modifiers")
        elif "anchors." in field:
            words = texts.tr("points of the scale")
        elif field.startswith("choices."):
            words = texts.tr("choices")
        elif field.startswith("lines."):
            words = texts.tr("lines of the table")
        else:
            words = texts.tr(UNWRITTEN.get(word, UNWRITTEN["name"]))
        held = languages.setdefault(words, [])
        if language and language not in held:
            held.append(language)
    return ", ".join(words + (f" ({', '.join(held)})" if held else "") for words, held in languages.items())


#: what is said instead of a piece of a disc's title that was refused without the piece before it
LATER_PIECES = {
    "film-clock-restarts": "film-piece-missing",
    "film-damaged": "film-piece-missing",
    "film-headless": "film-headless-piece",
}


#: letters of a value in a sentence: words of a file may be without end
MOST_LETTERS = 1000


def sentence(texts: Texts, error: AppError) -> str:
    """What a person reads for `error`; its values fill the places of the sentence."""
    values = {name: _short(value) if isinstance(value, str) else value for name, value in error.values.items()}
    if isinstance(values.get("texts"), str):
        values["texts"] = unwritten_in_words(texts, str(values["texts"]))
    if isinstance(values.get("what"), str):
        values["what"] = parts_in_words(texts, str(values["what"]))
    if isinstance(values.get("lacks"), str):
        values["lacks"] = lacking_in_words(texts, str(values["lacks"]))
    if isinstance(values.get("hidden"), str):
        values["hidden"] = hidden_in_words(texts, str(values["hidden"]))
    start, end, day = values.get("start"), values.get("end"), values.get("day")
    if isinstance(start, int) and isinstance(end, int):
        values |= {"from_time": texts.clock(start, digits=0), "to_time": texts.clock(end, digits=0)}
    if isinstance(day, date):
        values["day"] = texts.date(day)
    key = LATER_PIECES.get(error.key, error.key) if "piece_before" in values else error.key
    return texts.tr(SENTENCES.get(key, SENTENCES["unknown"]), **values)


def _short(words: str) -> str:
    """Words of others as they stand in a sentence: in its line, with signs that are not seen told, and no page long."""
    return shown_in_line(words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…")


def problem_in_words(texts: Texts, problem: Problem) -> str:
    """What stands beside the field that is not right: its sentence without the place, which the eye sees."""
    said = sentence(texts, problem.error()).removeprefix(f"{problem.place}: ")
    return said[:1].upper() + said[1:]
