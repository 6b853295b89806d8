"$PADAN" rum
