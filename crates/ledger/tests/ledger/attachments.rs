//! Attachments, on both logs: kept once, given as they were, missed where they are not.

use bytes::Bytes;
use homeward_ledger::{ATTACHMENT_BYTES_MAX, AttachmentError, Ledgers, digest_of, in_memory};

use crate::support::{Private, jm};

/// Some bytes that are not all alike.
fn bytes(len: usize) -> Bytes {
    (0..=250_u8).cycle().take(len).collect()
}

async fn attachments_are_kept_once_and_given_as_they_were(ledgers: &Ledgers) {
    let attachments = &ledgers.attachments;
    // None, one chunk, and several.
    for len in [0, 5, 700_000] {
        let content = bytes(len);
        let (bytes, digest) = (content.clone(), digest_of(&content));
        assert_eq!(attachments.size(&jm(), &digest).await, Ok(None));
        assert_eq!(attachments.get(&jm(), &digest).await, Ok(None));
        assert_eq!(
            attachments.put(&jm(), &digest, bytes.clone()).await,
            Ok(true)
        );
        assert_eq!(
            attachments.put(&jm(), &digest, bytes.clone()).await,
            Ok(false)
        );
        let size = u64::try_from(len).unwrap();
        assert_eq!(attachments.size(&jm(), &digest).await, Ok(Some(size)));
        assert_eq!(attachments.get(&jm(), &digest).await, Ok(Some(bytes)));
    }
    let digest = digest_of(b"one");
    let other = attachments
        .put(&jm(), &digest, Bytes::from_static(b"two"))
        .await;
    assert!(
        matches!(other, Err(AttachmentError::OtherDigest { .. })),
        "{other:?}"
    );
    assert_eq!(attachments.size(&jm(), &digest).await, Ok(None));
    let large = bytes(ATTACHMENT_BYTES_MAX + 1);
    let refused = attachments.put(&jm(), &digest_of(&large), large).await;
    assert!(
        matches!(refused, Err(AttachmentError::TooLarge { .. })),
        "{refused:?}"
    );
    let nowhere = attachments.size(&"tt".parse().unwrap(), &digest).await;
    assert!(
        matches!(nowhere, Err(AttachmentError::LedgerUnknown(_))),
        "{nowhere:?}"
    );
}

#[tokio::test]
async fn in_memory_they_are_kept_once() {
    attachments_are_kept_once_and_given_as_they_were(&in_memory(&[jm()])).await;
}

#[tokio::test]
async fn on_a_server_they_are_kept_once_and_across_starts() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    attachments_are_kept_once_and_given_as_they_were(&ledgers).await;
    // The largest, and two at once.
    let large = bytes(ATTACHMENT_BYTES_MAX);
    let digest = digest_of(&large);
    let ledger = jm();
    let put = || ledgers.attachments.put(&ledger, &digest, large.clone());
    let (one, two) = tokio::join!(put(), put());
    assert!(one.unwrap() || two.unwrap());
    ledgers.verify().await.unwrap();
    let again = private.open().await;
    let found = again.attachments.get(&jm(), &digest).await.unwrap();
    assert!(found.is_some_and(|found| found == large));
    private.server.stop().await;
}

#[tokio::test]
async fn damage_is_noticed() {
    let ledgers = in_memory(&[jm()]);
    let digest = digest_of(b"receipt");
    let bytes = Bytes::from_static(b"receipt");
    ledgers
        .attachments
        .put(&jm(), &digest, bytes)
        .await
        .unwrap();
    assert!(ledgers.memory().unwrap().damage_attachment(&jm(), &digest));
    let damaged = ledgers.attachments.get(&jm(), &digest).await;
    assert!(
        matches!(damaged, Err(AttachmentError::Damaged { .. })),
        "{damaged:?}"
    );
}
